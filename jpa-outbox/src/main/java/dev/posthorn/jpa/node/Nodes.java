package dev.posthorn.jpa.node;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OtherNode;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who lives, by the clock of the database. */
public final class Nodes {

    private static final String REMOVE_EARLIER_STARTS =
            """
            DELETE FROM %s WHERE application = ?1 AND name = ?2 AND id <> ?3
            """;

    private static final String INSERT =
            """
            INSERT INTO %1$s (id, application, name, number, started_at, heartbeat_at) VALUES (?1, ?2, ?3, ?4, %2$s, %2$s)
            """;

    private static final String BEAT = """
            UPDATE %s SET heartbeat_at = %s WHERE id = ?1
            """;

    private static final String LOOK =
            """
            SELECT id, notices, heartbeat_at, %2$s AS present FROM %1$s WHERE application = ?1
            """;

    // Both in one, where that can be said. Nothing but tables of a few rows: whoever locks the outbox must not stop
    // hearts.
    private static final String BEAT_AND_LOOK =
            """
            WITH beat AS (UPDATE %1$s SET heartbeat_at = %2$s WHERE id = ?1 RETURNING id)
            SELECT id, notices, heartbeat_at, %2$s AS present, (SELECT COUNT(*) FROM beat) AS beats
            FROM %1$s WHERE application = ?2
            """;

    private static final String GIVE_NOTICE =
            """
            UPDATE %s SET notices = notices + 1 WHERE id = ?1
            """;

    // MySQL lets nothing be read from what is deleted from, but from a result of its own, which DISTINCT makes it.
    private static final String BURY =
            """
            DELETE FROM %1$s WHERE application = ?1 AND heartbeat_at < %2$s - ?2
                AND EXISTS (SELECT 1 FROM
                    (SELECT DISTINCT id FROM %1$s WHERE id = ?3 AND heartbeat_at >= %2$s - ?2) caller)
            """;

    private static final String NOTE_DELIVERS =
            """
            UPDATE %s SET delivers = ?1 WHERE id = ?2
            """;

    private static final String DELIVERED_BY_OTHERS =
            """
            SELECT delivers FROM %s WHERE application = ?1 AND id <> ?2
            """;

    private static final String LEAVE = """
            DELETE FROM %s WHERE id = ?1
            """;

    /** Stands between the names of channels. */
    private static final String SEPARATOR = "\n";

    private final String table;
    private final String removeEarlierStarts;
    private final String insert;
    private final boolean changesInQueries;
    private final String beat;
    private final String look;
    private final String beatAndLook;
    private final String giveNotice;
    private final String bury;
    private final String noteDelivers;
    private final String deliveredByOthers;
    private final String leave;

    public Nodes(Dialect dialect, Tables tables) {
        this.table = tables.node();
        this.removeEarlierStarts = REMOVE_EARLIER_STARTS.formatted(table);
        this.insert = INSERT.formatted(table, dialect.now());
        this.changesInQueries = dialect.changesInQueries();
        this.beat = BEAT.formatted(table, dialect.now());
        this.look = LOOK.formatted(table, dialect.now());
        this.beatAndLook = BEAT_AND_LOOK.formatted(table, dialect.now());
        this.giveNotice = GIVE_NOTICE.formatted(table);
        this.bury = BURY.formatted(table, dialect.now());
        this.noteDelivers = NOTE_DELIVERS.formatted(table);
        this.deliveredByOthers = DELIVERED_BY_OTHERS.formatted(table);
        this.leave = LEAVE.formatted(table);
    }

    public int join(EntityManager em, Node node, String name) {
        change(em, removeEarlierStarts, node.application(), name, node.id());
        return change(em, insert, node.id(), node.application(), name, Numbers.owner(node));
    }

    /** The other nodes, if this one lives. */
    Optional<List<OtherNode>> beat(EntityManager em, Node node) {
        return changesInQueries ? beatAndLook(em, node) : lookAndBeat(em, node);
    }

    private Optional<List<OtherNode>> beatAndLook(EntityManager em, Node node) {
        List<@Nullable Object[]> nodes = Sql.read(em, beatAndLook)
                .set(1, node.id())
                .set(2, node.application())
                .rows();
        return nodes.stream().anyMatch(row -> Values.number(row[4]) == 1)
                ? Optional.of(others(nodes, node))
                : Optional.empty();
    }

    /** In this order: where a look waits for the beats of others, two that have both beaten would wait for each other. */
    private Optional<List<OtherNode>> lookAndBeat(EntityManager em, Node node) {
        List<@Nullable Object[]> nodes =
                Sql.read(em, look).set(1, node.application()).rows();
        return change(em, beat, node.id()) == 1 ? Optional.of(others(nodes, node)) : Optional.empty();
    }

    private static List<OtherNode> others(List<@Nullable Object[]> nodes, Node node) {
        return nodes.stream()
                .map(row -> new OtherNode(Values.text(row[0]), Values.number(row[1]), silence(row)))
                .filter(other -> !other.id().equals(node.id()))
                .toList();
    }

    /** Told here: of a row that was changed by hand it may be more than the database can subtract, and no heart is to stop for that. */
    private static Duration silence(Object[] row) {
        return Duration.ofMillis(Values.number(row[3])).minusMillis(Values.number(row[2]));
    }

    int giveNotice(EntityManager em, Node node) {
        return change(em, giveNotice, node.id());
    }

    int bury(EntityManager em, Node node, Duration silence) {
        return change(em, bury, node.application(), silence.toMillis(), node.id());
    }

    boolean noteDelivers(EntityManager em, Node node, Set<String> channels) {
        return change(em, noteDelivers, String.join(SEPARATOR, new TreeSet<>(channels)), node.id()) == 1;
    }

    Set<String> deliveredByOthers(EntityManager em, Node node) {
        return Sql.read(em, deliveredByOthers).set(1, node.application()).set(2, node.id()).column().stream()
                .flatMap(channels -> Values.text(channels).lines())
                .collect(Collectors.toSet());
    }

    public int leave(EntityManager em, Node node) {
        return change(em, leave, node.id());
    }

    private int change(EntityManager em, String sql, Object... parameters) {
        return Sql.change(em, table, sql).setAll(parameters).execute();
    }
}
