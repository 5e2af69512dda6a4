package dev.posthorn.operator;

import dev.posthorn.log.Printable;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next where the list goes on, for {@link InboxOperator#list}; empty if this is its end
 */
public record ReceivedPage(List<ReceivedSummary> events, Optional<String> next) {

    public ReceivedPage {
        events = List.copyOf(events);
    }

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
