package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Finds out what comes before events in their keys. */
final class TurnsQuery {

    private static final String TURNS =
            """
            SELECT mine.id, (%s), (%s), (%s) FROM %s mine WHERE mine.id :in_ids AND mine.state + 0 = 0 AND mine.owner = ?1
            """;

    // One look at the end of an index, however much waits before the event. All in one column, since that is what a
    // subquery may have in the SQL of every database.
    private static final String LAST_BEFORE =
            """
            SELECT CONCAT(a.seq, ' ', a.state, ' ', a.id, ' ', a.owner) FROM %s a
            WHERE %s AND a.application = mine.application AND a.channel = mine.channel AND a.seq < mine.seq AND mine.ordered = 1
                AND a.id NOT IN (%s)
            ORDER BY %s, a.seq DESC %s
            """;

    private final Dialect dialect;
    private final ByIds turns;

    TurnsQuery(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        String table = tables.outbox();
        this.turns = new ByIds(
                dialect,
                table,
                TURNS.formatted(
                        lastBefore(table, Phase.UNSENT),
                        lastBefore(table, Phase.WAITING),
                        lastBefore(table, Phase.HELD),
                        table),
                2);
    }

    private String lastBefore(String table, Phase phase) {
        return LAST_BEFORE.formatted(
                table,
                dialect.ofKey(phase, "a", "mine.event_key"),
                dialect.uuidSet(2),
                dialect.orderByKey("a"),
                dialect.limit(1));
    }

    Map<UUID, Turn> turns(EntityManager em, Node owner, Collection<UUID> ids, Collection<UUID> delivered) {
        String passedOver = dialect.uuids(delivered.stream().map(UUID::toString).toList());
        Map<UUID, Turn> turns = new HashMap<>();
        this.turns
                .rows(em, ids, owner.id(), passedOver)
                .forEach(row -> turns.put(Values.uuid(row[0]), turn(owner, row)));
        return turns;
    }

    private static Turn turn(Node owner, Object[] row) {
        Ahead last = null;
        for (int i = 1; i < row.length; i++) {
            Ahead ahead = row[i] == null ? null : Ahead.of(Values.text(row[i]));
            if (ahead != null && (last == null || ahead.seq > last.seq)) {
                last = ahead;
            }
        }
        return last == null ? Turn.NOW : new Turn(last.id, last.kind(owner));
    }

    /** The last unfinished event before another, of one phase. */
    private record Ahead(long seq, int state, UUID id, String owner) {

        private static final int PARTS = 4;

        static Ahead of(String text) {
            String[] parts = text.split(" ", PARTS);
            return new Ahead(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), UUID.fromString(parts[2]), parts[3]);
        }

        Turn.Kind kind(Node asking) {
            if (state == RowState.UNSENT.code()) {
                return owner.equals(asking.id()) ? Turn.Kind.AFTER_OWN : Turn.Kind.AFTER_FOREIGN;
            }
            return state == RowState.PARKED.code() ? Turn.Kind.AFTER_PARKED : Turn.Kind.AFTER_WAITING;
        }
    }
}
