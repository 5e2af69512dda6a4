package dev.posthorn.inbox;

import dev.posthorn.receive.MessageReader;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.watch.StoreWatch;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the inbox works with.
 *
 * @param types the types that this application handles, by their logical names
 */
public record Ports(
        InboxStore store,
        HandlingTransaction transaction,
        MessageReader reader,
        StoreWatch watch,
        Function<String, Optional<HandledType>> types) {}
