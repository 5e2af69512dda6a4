package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Settling;
import dev.posthorn.spi.Node;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.UUID;

/** Moves settled events back to the outbox, unsent and with their numbers: a node sends them once more. */
final class Reopening {

    private static final String WHICH = "id :among AND application = ?1 AND state = ?2";

    private static final String INSERT =
            """
            INSERT INTO %1$s (state, owner, %2$s) SELECT 0, ?3, %3$s FROM %4$s WHERE %5$s
            """;

    private static final String DELETE = """
            DELETE FROM %s WHERE %s
            """;

    private final Among<UUID> insert;
    private final Among<UUID> delete;

    Reopening(Dialect dialect, Tables tables) {
        String values = Settling.COLUMNS
                .replace("attempts", "0")
                .replace("key_hash", "CASE WHEN ordered = 1 THEN ABS(key_hash) ELSE key_hash END");
        this.insert = Among.ids(
                dialect,
                tables.outbox(),
                INSERT.formatted(tables.outbox(), Settling.COLUMNS, values, tables.settled(), WHICH),
                3);
        this.delete = Among.ids(dialect, tables.settled(), DELETE.formatted(tables.settled(), WHICH), 2);
    }

    /** Of two who do so at the same time, one finds nothing to delete, and is to do it again. */
    int reopen(EntityManager em, Node node, RowState state, Collection<UUID> ids) {
        int inserted = insert.change(em, ids, node.application(), state.code(), -Numbers.owner(node));
        int deleted = delete.change(em, ids, node.application(), state.code());
        return Settling.requireSame(inserted, deleted);
    }
}
