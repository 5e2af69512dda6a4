package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.KeyPart;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.InboxEvent;
import jakarta.persistence.EntityManager;

/** Looks whether anything is unfinished in the key of an event. */
final class Behind {

    private static final String UNFINISHED = """
            SELECT b.state FROM %s WHERE %s %s
            """;

    private final String unfinished;

    Behind(Dialect dialect, Tables tables) {
        this.unfinished = UNFINISHED.formatted(
                dialect.byKey(KeyPart.UNFINISHED, tables.inbox(), "b"),
                InboxRows.ofNumber(dialect, KeyPart.UNFINISHED, "b"),
                dialect.limit(1));
    }

    boolean isBehind(EntityManager em, InboxEvent event, String key) {
        return !InboxRows.bindNumber(Sql.read(em, unfinished), event.id().consumer(), event.channel(), key)
                .column()
                .isEmpty();
    }
}
