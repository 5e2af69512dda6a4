package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who lives, by the clock of the database. */
final class Nodes {

    private static final String REMOVE_EARLIER_STARTS =
            """
            DELETE FROM %s WHERE application = ?1 AND name = ?2 AND id <> ?3
            """;

    private static final String INSERT =
            """
            INSERT INTO %1$s (id, application, name, started_at, heartbeat_at) VALUES (?1, ?2, ?3, %2$s, %2$s)
            """;

    private static final String BEAT = """
            UPDATE %s SET heartbeat_at = %s WHERE id = ?1
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
    private final String beat;
    private final String bury;
    private final String noteDelivers;
    private final String deliveredByOthers;
    private final String leave;

    Nodes(Dialect dialect, Tables tables) {
        this.table = tables.node();
        this.removeEarlierStarts = REMOVE_EARLIER_STARTS.formatted(table);
        this.insert = INSERT.formatted(table, dialect.now());
        this.beat = BEAT.formatted(table, dialect.now());
        this.bury = BURY.formatted(table, dialect.now());
        this.noteDelivers = NOTE_DELIVERS.formatted(table);
        this.deliveredByOthers = DELIVERED_BY_OTHERS.formatted(table);
        this.leave = LEAVE.formatted(table);
    }

    int join(EntityManager em, Node node, String name) {
        change(em, removeEarlierStarts, node.application(), name, node.id());
        return change(em, insert, node.id(), node.application(), name);
    }

    boolean beat(EntityManager em, Node node) {
        return change(em, beat, node.id()) == 1;
    }

    int bury(EntityManager em, Node node, Duration silence) {
        return change(em, bury, node.application(), silence.toMillis(), node.id());
    }

    boolean noteDelivers(EntityManager em, Node node, Set<String> channels) {
        return change(em, noteDelivers, String.join(SEPARATOR, new TreeSet<>(channels)), node.id()) == 1;
    }

    Set<String> deliveredByOthers(EntityManager em, Node node) {
        return NativeQuery.column(NativeQuery.read(em, deliveredByOthers)
                        .setParameter(1, node.application())
                        .setParameter(2, node.id()))
                .stream()
                .flatMap(channels -> Values.text(channels).lines())
                .collect(Collectors.toSet());
    }

    int leave(EntityManager em, Node node) {
        return change(em, leave, node.id());
    }

    private int change(EntityManager em, String sql, Object... parameters) {
        var query = NativeQuery.change(em, table, sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query.executeUpdate();
    }
}
