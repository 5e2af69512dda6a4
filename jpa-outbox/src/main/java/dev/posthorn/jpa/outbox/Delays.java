package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.OutboxIndex;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;

/** Brings back the delayed events whose time has come. */
final class Delays {

    // Nodes that look at the same time pass over what another one is just taking.
    private static final String DUE =
            """
            SELECT d.seq FROM %s WHERE d.lane = ?1 AND d.state = 7 AND d.shelf_order <= %s ORDER BY d.lane, d.state, d.shelf_order %s %s
            """;

    private static final String TAKE =
            """
            UPDATE %s SET state = 0, owner = ?2, shelf_order = 0 WHERE lane = ?1 AND owner = 0 AND seq :among AND state + 0 = 7
            """;

    private final Dialect dialect;
    private final String table;
    private final Among<Long> take;

    Delays(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.take = Among.numbers(dialect, table, TAKE.formatted(table), 2);
    }

    int takeDue(EntityManager em, Node node, String channel, int limit) {
        long lane = Numbers.lane(node.application(), channel);
        String due = DUE.formatted(
                dialect.by(OutboxIndex.STATE, table, "d"), dialect.now(), dialect.limit(limit), dialect.skipLocked());
        return take.change(em, Sql.read(em, due).set(1, lane).numbers(), lane, -Numbers.owner(node));
    }
}
