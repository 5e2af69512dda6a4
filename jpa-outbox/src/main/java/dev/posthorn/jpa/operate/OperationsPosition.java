package dev.posthorn.jpa.operate;

import dev.posthorn.log.Printable;
import dev.posthorn.operator.EventSummary;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of a list ended.
 *
 * @param part which state of several, or which of several ids
 * @param order when the last event was settled, or is due, in milliseconds; only where the list is in this order
 */
record OperationsPosition(int part, long order, long seq) {

    static final OperationsPosition START = new OperationsPosition(0, 0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})-(\\d{1,18})");

    static OperationsPosition parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "POSTHORN-4034 '" + Printable.text(text) + "' is not where a page of this list ended.");
        }
        return new OperationsPosition(
                Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    /** The beginning of another part, or this very place. */
    OperationsPosition in(int part) {
        return part == this.part ? this : new OperationsPosition(part, 0, 0);
    }

    OperationsPosition at(EventSummary event) {
        Instant order = event.state().isFinal() ? event.settled() : event.due();
        return new OperationsPosition(part, order == null ? 0 : order.toEpochMilli(), event.seq());
    }

    @Override
    public String toString() {
        return part + "-" + order + "-" + seq;
    }
}
