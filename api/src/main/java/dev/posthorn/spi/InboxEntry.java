package dev.posthorn.spi;

import dev.posthorn.log.Printable;
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
 * @param unreadable what of the entry the store can't read, and why, for example because its row was changed by hand: it is not handled
 *     but buried. Null if everything can be read
 */
public record InboxEntry(
        InboxEvent event,
        IncomingMessage message,
        int version,
        int attempts,
        List<String> finished,
        boolean compensating,
        @Nullable String error,
        @Nullable String unreadable) {

    public InboxEntry {
        finished = List.copyOf(finished);
    }

    /** An entry of which everything could be read. */
    public InboxEntry(
            InboxEvent event,
            IncomingMessage message,
            int version,
            int attempts,
            List<String> finished,
            boolean compensating,
            @Nullable String error) {
        this(event, message, version, attempts, finished, compensating, error, null);
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
