package dev.posthorn.operator;

import java.util.List;
import java.util.Optional;

/**
 * Everything about one received event.
 *
 * @param finished the names of the handlers whose work is committed and not compensated, in the order in which they were called;
 *     empty where all handlers work in one transaction
 * @param compensating whether their work is being compensated, or was
 * @param message as it came; empty if the event was handled at once, since it is not kept then
 */
public record ReceivedDetails(
        ReceivedSummary summary, List<String> finished, boolean compensating, Optional<ReceivedMessage> message) {

    public ReceivedDetails {
        finished = List.copyOf(finished);
    }

    /** Without the message, which may be confidential. */
    @Override
    public String toString() {
        return summary.toString();
    }
}
