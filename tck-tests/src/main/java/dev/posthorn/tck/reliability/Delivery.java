package dev.posthorn.tck.reliability;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plain consumer received.
 *
 * @param id of the event, the same at each of its deliveries
 * @param number its place among the events of its key, or 0 if it has none
 * @param sentAt by the clock of the node that sent it
 */
record Delivery(String id, String entry, String key, long number, Instant sentAt) {

    private static final Pattern ENTRY = Pattern.compile("\"entry\":\"([^\"]*)\"");

    /** The entry that a payload names; the whole payload if it names none. */
    static String entry(String payload) {
        Matcher matcher = ENTRY.matcher(payload);
        return matcher.find() ? matcher.group(1) : payload;
    }
}
