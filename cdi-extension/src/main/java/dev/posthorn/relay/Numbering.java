package dev.posthorn.relay;

import dev.posthorn.spi.EventStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of events that have just been stored. A wrong one would have another event marked in place of the one that was delivered:
 * so an answer of the store is used if it is what {@link EventStore#append} promises, and else the events are read back with their
 * numbers.
 */
final class Numbering {

    private final AtomicBoolean storeHasFailed = new AtomicBoolean();

    /**
     * @param answer what the store has said
     * @return the numbers in the order of the events; empty if they are not known
     */
    List<Long> of(@Nullable List<Long> answer, int events) {
        if (answer != null && (answer.isEmpty() || isPromised(answer, events))) {
            return answer;
        }
        if (storeHasFailed.compareAndSet(false, true)) {
            RelayLog.numbersUnusable(answer, events);
        }
        return List.of();
    }

    private static boolean isPromised(List<Long> answer, int events) {
        long last = 0;
        for (@Nullable Long number : answer) {
            if (number == null || number <= last) {
                return false;
            }
            last = number;
        }
        return answer.size() == events;
    }
}
