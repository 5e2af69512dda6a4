package dev.posthorn.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A received event that is kept to be handled later, or step by step.
 *
 * @param version changes with every change of the entry; who changes it must have seen this one
 * @param attempts how many attempts have failed since the last step
 * @param finished the names of the handlers whose work is committed and not compensated, in the order in which they were called
 * @param compensating whether the finished ones are to be compensated
 * @param error why the last attempt failed
 */
public record InboxEntry(
        InboxEvent event,
        IncomingMessage message,
        int version,
        int attempts,
        List<String> finished,
        boolean compensating,
        @Nullable String error) {

    public InboxEntry {
        finished = List.copyOf(finished);
    }
}
