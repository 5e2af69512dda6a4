package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.KeyPart;
import dev.posthorn.jpa.dialect.Phase;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out what comes before events in their keys, by one statement for many. */
final class TurnsQuery implements Turns {

    private static final String TURNS =
            """
            SELECT mine.id, %s FROM %s mine WHERE mine.id :in_ids AND mine.state + 0 = 0 AND mine.owner = ?1
            """;

    // One look at the end of an index, however much waits before the event.
    private static final String LAST_BEFORE =
            """
            (SELECT %s FROM %s
            WHERE %s AND a.application = mine.application AND a.channel = mine.channel AND a.seq < mine.seq AND mine.ordered = 1
                AND %s
            ORDER BY %s, a.seq DESC %s)
            """;

    private final Dialect dialect;
    private final ByIds turns;

    TurnsQuery(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        String table = tables.outbox();
        this.turns = new ByIds(dialect, table, TURNS.formatted(lastBefore(table), table), 2);
    }

    private String lastBefore(String table) {
        if (!dialect.seesOneMoment()) {
            return lastBefore(
                    dialect.byOpenKey(table, "a"),
                    dialect.ofPart(KeyPart.UNFINISHED, "a") + " AND " + dialect.sameKey("a", "mine.event_key"),
                    "a.application, a.channel, a.is_open, a.key_start");
        }
        return Stream.of(Phase.values())
                .map(phase -> lastBefore(
                        dialect.byKey(table, "a"),
                        dialect.ofKey(phase, "a", "mine.event_key"),
                        dialect.orderByKey("a")))
                .collect(Collectors.joining(", "));
    }

    private String lastBefore(String from, String ofKey, String order) {
        return LAST_BEFORE.formatted(
                Ahead.column(dialect), from, ofKey, dialect.notAmong("a.id", 2), order, dialect.limit(1));
    }

    @Override
    public Map<UUID, Turn> turns(EntityManager em, Node owner, Collection<UUID> ids, Collection<UUID> delivered) {
        String passedOver = dialect.uuids(delivered.stream().map(UUID::toString).toList());
        Map<UUID, Turn> found = new HashMap<>();
        turns.rows(em, ids, owner.id(), passedOver)
                .forEach(row -> found.put(Values.uuid(row[0]), Ahead.turn(owner, aheads(row))));
        return found;
    }

    private static Stream<Ahead> aheads(Object[] row) {
        return Arrays.stream(row).skip(1).filter(Objects::nonNull).map(Ahead::of);
    }
}
