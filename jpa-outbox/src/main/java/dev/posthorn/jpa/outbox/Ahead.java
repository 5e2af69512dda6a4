package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The last unfinished event before another. */
record Ahead(long seq, int state, long owner) {

    private static final int PARTS = 3;

    /** All in one column, since that is what a subquery may have in the SQL of every database. */
    static String column(Dialect dialect) {
        return dialect.joined(List.of("a.seq", "a.state", "a.owner"));
    }

    static Ahead of(Object column) {
        String[] parts = Values.text(column).strip().split(" +", PARTS);
        return new Ahead(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    /** Whose turn it is, as far as these events are concerned. */
    static Turn turn(Node asking, Stream<Ahead> aheads) {
        return aheads.max(Comparator.comparingLong(Ahead::seq))
                .map(last -> new Turn(last.seq, last.kind(asking)))
                .orElse(Turn.NOW);
    }

    private Turn.Kind kind(Node asking) {
        if (state == RowState.UNSENT.code()) {
            return Math.abs(owner) == Numbers.owner(asking) ? Turn.Kind.AFTER_OWN : Turn.Kind.AFTER_FOREIGN;
        }
        return state == RowState.PARKED.code() ? Turn.Kind.AFTER_PARKED : Turn.Kind.AFTER_WAITING;
    }
}
