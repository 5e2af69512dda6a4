package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The last unfinished event before another, of one phase. */
record Ahead(long seq, int state, UUID id, String owner) {

    private static final int PARTS = 4;

    private static final UUID NO_ID = new UUID(0, 0);

    /** All in one column, since that is what a subquery may have in the SQL of every database. */
    static String column(Dialect dialect) {
        return dialect.joined(List.of("a.seq", "a.state"), List.of("a.id", "a.owner"));
    }

    static Ahead of(Object column) {
        String[] parts = Values.text(column).split(" +", PARTS);
        long seq = Long.parseLong(parts[0]);
        int state = Integer.parseInt(parts[1]);
        // What has no id of an event goes on only when somebody mends it: its followers wait in the table.
        return Values.isUuid(parts[2])
                ? new Ahead(seq, state, UUID.fromString(parts[2]), parts[3])
                : new Ahead(seq, RowState.WAITING.code(), NO_ID, parts[3]);
    }

    /** Whose turn it is, as far as these events are concerned. */
    static Turn turn(Node asking, Stream<Ahead> aheads) {
        return aheads.max(Comparator.comparingLong(Ahead::seq))
                .map(last -> new Turn(last.id, last.kind(asking)))
                .orElse(Turn.NOW);
    }

    private Turn.Kind kind(Node asking) {
        if (state == RowState.UNSENT.code()) {
            return owner.equals(asking.id()) ? Turn.Kind.AFTER_OWN : Turn.Kind.AFTER_FOREIGN;
        }
        return state == RowState.PARKED.code() ? Turn.Kind.AFTER_PARKED : Turn.Kind.AFTER_WAITING;
    }
}
