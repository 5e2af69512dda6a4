package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Shelf;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Puts away what can't be sent before an earlier event of its key is. */
final class Shelves {

    private static final String UNSENT =
            """
            SELECT a.seq FROM %s
            WHERE %s AND a.lane = ?1 AND a.key_hash = ?2 AND a.seq > ?3 AND a.event_key = %s AND a.owner = ?5 AND a.state + 0 = 0 AND %s
            ORDER BY a.lane, a.key_hash, a.seq %s
            """;

    private static final String IS_UNSENT =
            """
            SELECT seq FROM %s WHERE lane = ?1 AND owner = ?2 AND seq :among AND state + 0 = 0
            """;

    private static final String PARKED =
            """
            SELECT a.seq FROM %s
            WHERE %s AND a.lane = ?1 AND a.key_hash = ?2 AND a.event_key = %s AND a.state + 0 = 4 AND a.owner = 0
            ORDER BY a.lane, a.key_hash, a.seq %s
            """;

    // Changes nothing: it waits for one who is releasing the event, or makes that one wait for us.
    private static final String STILL_PARKED =
            """
            UPDATE %s SET state = 4 WHERE lane = ?1 AND owner = 0 AND seq :among AND state + 0 = 4
            """;

    private static final String SHELVE =
            """
            UPDATE %s SET state = %d, owner = 0, shelf_order = %s WHERE lane = ?1 AND owner = ?2 AND seq :among AND state + 0 = 0
            """;

    /** The most that one transaction puts away. */
    private static final int BATCH = 1000;

    private final Dialect dialect;
    private final List<String> unsent;
    private final String parked;
    private final Owned isUnsent;
    private final Among<Long> stillParked;
    private final Owned toWait;
    private final Owned toBeParked;

    Shelves(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        String table = tables.outbox();
        this.unsent = dialect.partsOfKey("a").stream()
                .map(part -> UNSENT.formatted(
                        dialect.by(OutboxIndex.TURN, table, "a"),
                        part,
                        dialect.text(4),
                        dialect.notAmong("a.seq", 6),
                        dialect.limit(BATCH)))
                .toList();
        List<String> parts = dialect.partsOfKey("a");
        this.parked = PARKED.formatted(
                dialect.by(OutboxIndex.TURN, table, "a"),
                parts.get(parts.size() - 1),
                dialect.text(3),
                dialect.limit(1));
        this.isUnsent = new Owned(dialect, table, IS_UNSENT.formatted(table), 0);
        this.stillParked = Among.numbers(dialect, table, STILL_PARKED.formatted(table), 1);
        this.toWait = new Owned(dialect, table, SHELVE.formatted(table, RowState.WAITING.code(), "ABS(key_hash)"), 0);
        this.toBeParked = new Owned(dialect, table, SHELVE.formatted(table, RowState.PARKED.code(), "0"), 0);
    }

    /** Whether there is something parked of a key, which is not released before this transaction has ended. */
    boolean isParked(EntityManager em, Node owner, String channel, String key) {
        long lane = Numbers.lane(owner.application(), channel);
        List<Long> first =
                Sql.read(em, parked).setAll(lane, Numbers.key(key), key).numbers();
        return stillParked.change(em, first, lane) > 0;
    }

    /** Puts a first batch away, and answers how many there were; some may have come to their end meanwhile. */
    int shelve(EntityManager em, Node owner, String channel, String key, Shelf shelf, Collection<Long> except) {
        return shelve(em, owner, channel, key, 0, shelf, except);
    }

    /** The same for those after this one. */
    int shelveBehind(EntityManager em, Node owner, String channel, String key, long first, Collection<Long> except) {
        boolean isStillUnsent =
                !isUnsent.rows(em, owner, channel, List.of(first)).isEmpty();
        return isStillUnsent ? shelve(em, owner, channel, key, first, Shelf.WAITING, except) : 0;
    }

    private int shelve(
            EntityManager em, Node node, String channel, String key, long after, Shelf shelf, Collection<Long> except) {
        List<Long> numbers = Stream.concat(
                        unsent(em, node, channel, key, after, Numbers.owner(node), except),
                        unsent(em, node, channel, key, after, -Numbers.owner(node), except))
                .sorted()
                .limit(BATCH)
                .toList();
        (shelf == Shelf.WAITING ? toWait : toBeParked).change(em, node, channel, numbers);
        return numbers.size();
    }

    private Stream<Long> unsent(
            EntityManager em, Node node, String channel, String key, long after, long owner, Collection<Long> except) {
        String sql = owner > 0 ? unsent.get(0) : unsent.get(unsent.size() - 1);
        return Sql.read(em, sql)
                .setAll(
                        Numbers.lane(node.application(), channel),
                        Numbers.key(key),
                        after,
                        key,
                        owner,
                        dialect.numbers(except))
                .numbers()
                .stream();
    }
}
