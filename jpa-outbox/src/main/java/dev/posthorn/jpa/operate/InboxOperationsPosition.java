package dev.posthorn.jpa.operate;

import dev.posthorn.log.Printable;
import dev.posthorn.operator.ReceivedSummary;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of a list of the inbox ended.
 *
 * @param part which state of several, or which of several ids
 * @param time in milliseconds; only where the list is in this order
 * @param channel the same
 */
record InboxOperationsPosition(int part, long time, long seq, String channel) {

    static final InboxOperationsPosition START = new InboxOperationsPosition(0, 0, 0, "");

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})-(\\d{1,18})-(.*)", Pattern.DOTALL);

    static InboxOperationsPosition parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "POSTHORN-4034 '" + Printable.text(text) + "' is not where a page of this list ended.");
        }
        return new InboxOperationsPosition(
                Integer.parseInt(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                matcher.group(4));
    }

    /** The beginning of another part, or this very place. */
    InboxOperationsPosition in(int part) {
        return part == this.part ? this : new InboxOperationsPosition(part, 0, 0, "");
    }

    /** The beginning of another channel, or this very place. */
    InboxOperationsPosition in(String channel) {
        return channel.equals(this.channel) ? this : new InboxOperationsPosition(part, 0, 0, channel);
    }

    InboxOperationsPosition at(ReceivedSummary event) {
        return event.settled() == null
                ? new InboxOperationsPosition(part, 0, event.seq(), "")
                : new InboxOperationsPosition(part, event.settled().toEpochMilli(), event.seq(), event.channel());
    }

    @Override
    public String toString() {
        return part + "-" + time + "-" + seq + "-" + channel;
    }
}
