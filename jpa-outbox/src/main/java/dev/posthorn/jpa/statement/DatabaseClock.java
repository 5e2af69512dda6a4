package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
import jakarta.persistence.EntityManager;

/** The time by the clock of the database. */
public final class DatabaseClock {

    private DatabaseClock() {}

    public static long millis(EntityManager em, Dialect dialect) {
        return Values.number(Sql.read(em, "SELECT " + dialect.now() + dialect.fromNothing())
                .column()
                .get(0));
    }
}
