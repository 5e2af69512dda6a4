package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Phase;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Puts away what can't be sent before an earlier event of its key is. */
final class Shelves {

    private static final String UNSENT =
            """
            SELECT a.id FROM %s
            WHERE %s AND a.application = ?1 AND a.channel = ?2 AND a.owner = ?4 AND a.seq > ?6 AND %s
            ORDER BY a.seq %s
            """;

    private static final String NUMBER_OF_UNSENT =
            """
            SELECT seq, id FROM %s WHERE id :in_ids AND state + 0 = 0
            """;

    private static final String PARKED =
            """
            SELECT a.id FROM %s
            WHERE %s AND a.state + 0 = 4 AND a.application = ?1 AND a.channel = ?2
            ORDER BY %s, a.seq %s
            """;

    // Changes nothing: it waits for one who is releasing the event, or makes that one wait for us.
    private static final String STILL_PARKED =
            """
            UPDATE %s SET state = 4 WHERE id :in_ids AND state + 0 = 4
            """;

    private static final String SHELVE =
            """
            UPDATE %s SET state = %d WHERE id :in_ids AND state + 0 = 0 AND owner = ?1
            """;

    /** The most that one transaction puts away. */
    private static final int BATCH = 1000;

    private final Dialect dialect;
    private final String unsent;
    private final String parked;
    private final ByIds numberOfUnsent;
    private final ByIds stillParked;
    private final ByIds toWait;
    private final ByIds toBeParked;

    Shelves(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        String table = tables.outbox();
        this.unsent = UNSENT.formatted(
                dialect.byKey(table, "a"),
                dialect.ofKey(Phase.UNSENT, "a", dialect.text(3)),
                dialect.notAmong("a.id", 5),
                dialect.limit(BATCH));
        this.parked = PARKED.formatted(
                dialect.byKey(table, "a"),
                dialect.ofKey(Phase.HELD, "a", dialect.text(3)),
                dialect.orderByKey("a"),
                dialect.limit(1));
        this.numberOfUnsent = new ByIds(dialect, table, NUMBER_OF_UNSENT.formatted(table), 0);
        this.stillParked = new ByIds(dialect, table, STILL_PARKED.formatted(table), 0);
        this.toWait = new ByIds(dialect, table, SHELVE.formatted(table, RowState.WAITING.code()), 1);
        this.toBeParked = new ByIds(dialect, table, SHELVE.formatted(table, RowState.PARKED.code()), 1);
    }

    /** Whether there is something parked of a key, which is not released before this transaction has ended. */
    boolean isParked(EntityManager em, Node owner, String channel, String key) {
        List<UUID> first = NativeQuery.ids(NativeQuery.read(em, parked)
                .setParameter(1, owner.application())
                .setParameter(2, channel)
                .setParameter(3, key));
        return stillParked.change(em, first) > 0;
    }

    /** Puts a first batch away, and answers how many there were; some may have come to their end meanwhile. */
    int shelve(EntityManager em, Node owner, String channel, String key, Shelf shelf, Collection<UUID> except) {
        return shelve(em, owner, channel, key, 0, shelf, except);
    }

    /** The same for those after this one. */
    int shelveBehind(EntityManager em, Node owner, String channel, String key, UUID first, Collection<UUID> except) {
        return numberOfUnsent
                .rows(em, List.of(first))
                .findFirst()
                .map(row -> shelve(em, owner, channel, key, Values.number(row[0]), Shelf.WAITING, except))
                .orElse(0);
    }

    private int shelve(
            EntityManager em,
            Node owner,
            String channel,
            String key,
            long after,
            Shelf shelf,
            Collection<UUID> except) {
        List<UUID> ids = NativeQuery.ids(NativeQuery.read(em, unsent)
                .setParameter(1, owner.application())
                .setParameter(2, channel)
                .setParameter(3, key)
                .setParameter(4, owner.id())
                .setParameter(
                        5, dialect.uuids(except.stream().map(UUID::toString).toList()))
                .setParameter(6, after));
        (shelf == Shelf.WAITING ? toWait : toBeParked).change(em, ids, owner.id());
        return ids.size();
    }
}
