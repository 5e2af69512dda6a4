package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;

/** The time by the clock of the database. */
final class OperationsClock {

    private OperationsClock() {}

    static long millis(EntityManager em, Dialect dialect) {
        return Values.number(NativeQuery.column(NativeQuery.read(em, "SELECT " + dialect.now() + dialect.fromNothing()))
                .get(0));
    }
}
