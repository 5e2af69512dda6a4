package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.InboxId;
import jakarta.persistence.EntityManager;

/** Locks an entry for the transaction that handles it. */
final class Claim {

    private static final String SELECT =
            """
            SELECT version FROM %s WHERE %s AND version = ?4 AND state + 0 IN (0, 7)%s %s
            """;

    private final String select;

    Claim(Dialect dialect, Tables tables) {
        this.select =
                SELECT.formatted(tables.inbox(), InboxRows.BY_ID, dialect.plannedAnew(1), dialect.lockUnlessLocked());
    }

    boolean claim(EntityManager em, InboxId id, int version) {
        return !InboxRows.bind(Sql.read(em, select), InboxText.id(id))
                .set(4, version)
                .column()
                .isEmpty();
    }
}
