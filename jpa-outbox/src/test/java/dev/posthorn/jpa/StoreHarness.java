package dev.posthorn.jpa;

import static dev.posthorn.jpa.Events.CHANNEL;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.Unsent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pair of stores, empty at the start of each test. */
public abstract class StoreHarness {

    static final Node NODE = new Node("node-1", "shop");
    static final Node OTHER_NODE = new Node("node-2", "shop");
    static final Node STRANGER = new Node("node-3", "warehouse");

    static final long NO_BOUND = Long.MAX_VALUE;

    protected abstract EventStore store();

    private @Nullable StoreById byId;

    /** The same store, with events named by their ids. */
    final StoreById stored() {
        StoreById known = byId;
        if (known == null) {
            known = new StoreById(store());
            byId = known;
        }
        return known;
    }

    protected abstract NodeStore nodes();

    /** Commits if and only if the work returns. */
    protected abstract void inTransaction(Runnable work);

    final void append(Node owner, EventEnvelope... events) {
        append(owner, Arrays.asList(events));
    }

    final void append(Node owner, List<EventEnvelope> events) {
        inTransaction(() -> stored().append(owner, events));
    }

    final Unsent unsent(Node owner) {
        return stored().unsent(owner, CHANNEL, 0, Set.of(), Set.of(), 10_000, NO_BOUND);
    }

    static List<UUID> ids(Collection<EventEnvelope> events) {
        return events.stream().map(EventEnvelope::id).toList();
    }

    static List<UUID> storedIds(Unsent unsent) {
        return unsent.events().stream().map(stored -> stored.event().id()).toList();
    }
}
