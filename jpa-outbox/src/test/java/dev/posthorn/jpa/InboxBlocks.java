package dev.posthorn.jpa;

import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import jakarta.persistence.EntityManager;

/** Counts what PostgreSQL reads of the inbox. */
final class InboxBlocks {

    private static final String READ =
            """
            SELECT pg_stat_get_xact_blocks_fetched(t.oid)
                + (SELECT SUM(pg_stat_get_xact_blocks_fetched(i.indexrelid)) FROM pg_index i WHERE i.indrelid = t.oid)
            FROM pg_class t WHERE t.relname = 'posthorn_inbox'
            """;

    private InboxBlocks() {}

    /** The blocks of the table and its indexes that this connection has read: of use where it is asked twice in one transaction. */
    static long read(EntityManager em) {
        return Values.number(Sql.read(em, READ).column().get(0));
    }
}
