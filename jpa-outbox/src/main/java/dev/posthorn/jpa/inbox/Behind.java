package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.KeyPart;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.InboxEvent;
import jakarta.persistence.EntityManager;

/** Looks whether anything is unfinished in the key of an event. */
final class Behind {

    private static final String UNFINISHED =
            """
            SELECT b.state FROM %s WHERE %s AND b.consumer = ?1 AND b.channel = ?2 AND %s %s
            """;

    private static final int KEY = 3;

    private final String unfinished;

    Behind(Dialect dialect, Tables tables) {
        this.unfinished = UNFINISHED.formatted(
                dialect.byOpenKey(tables.inbox(), "b"),
                dialect.ofPart(KeyPart.UNFINISHED, "b"),
                dialect.sameKey("b", dialect.text(KEY)),
                dialect.limit(1));
    }

    boolean isBehind(EntityManager em, InboxEvent event, String key) {
        return !Sql.read(em, unfinished)
                .set(1, InboxText.name(event.id().consumer()))
                .set(2, InboxText.name(event.channel()))
                .set(KEY, key)
                .column()
                .isEmpty();
    }
}
