package dev.posthorn.inbox;

import dev.posthorn.inbox.Row.State;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.IncomingMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inbox's table, in which each method is one statement. */
final class SimulatedStore {

    private final Map<InboxId, Row> rows = new LinkedHashMap<>();
    private long numbers;

    @Nullable
    Row row(InboxId id) {
        return rows.get(id);
    }

    List<Row> rows() {
        return new ArrayList<>(rows.values());
    }

    Stream<Row> rowsOf(Fate fate) {
        return rows.values().stream().filter(row -> row.fate == fate);
    }

    Row insert(InboxEvent event, Fate fate, @Nullable IncomingMessage message, State state, long time) {
        Row row = new Row(event, fate, message, ++numbers, state, time);
        if (rows.putIfAbsent(event.id(), row) != null) {
            throw new IllegalStateException("The simulation has inserted a row twice");
        }
        return row;
    }

    void remove(Row row) {
        rows.remove(row.event.id());
    }

    /** Whether there are unfinished ones of its key, as far as others see. */
    boolean isBehind(InboxEvent event) {
        return rows.values().stream()
                .anyMatch(row -> row.isVisible() && row.isOfKey(event) && row.state.isUnfinished());
    }

    boolean isOneDue(InboxEvent event) {
        return rows.values().stream().anyMatch(row -> row.isVisible() && row.isOfKey(event) && row.state == State.DUE);
    }

    /** The first waiting one of a key, if none is due and none before it is unfinished. */
    @Nullable
    Row releasable(String channel, String key, Bug bug) {
        Row first = null;
        for (Row row : rowsOf(channel, key)) {
            if (row.state == State.WAITING) {
                boolean isBefore = first == null || row.number < first.number;
                first = isBefore || bug == Bug.STORE_RELEASES_THE_LAST ? row : first;
            }
        }
        Row found = first;
        boolean isBehind = found != null && rowsOf(channel, key).stream().anyMatch(row -> isInTheWay(row, found));
        return isBehind && bug != Bug.STORE_RELEASES_TOO_EARLY ? null : found;
    }

    private static boolean isInTheWay(Row row, Row waiting) {
        return row.state == State.DUE || (row.state.isUnfinished() && row.number < waiting.number);
    }

    /** Those of a key that others see. */
    List<Row> rowsOf(String channel, String key) {
        return rows.values().stream()
                .filter(row -> row.isVisible() && channel.equals(row.event.channel()) && key.equals(row.event.key()))
                .toList();
    }
}
