package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The transactions that are ours, not the application's. One that the database ended for the sake of others is repeated: what is
 * done in them are conditional changes.
 */
final class OwnTransactions {

    private static final int ATTEMPTS = 5;

    private final Transactions transactions;
    private final Supplier<Dialect> dialect;

    OwnTransactions(Transactions transactions, Supplier<Dialect> dialect) {
        this.transactions = transactions;
        this.dialect = dialect;
    }

    /** Does the work in a transaction of its own. */
    <T> T run(Function<EntityManager, T> work) {
        return run(dialect.get().begin(), work);
    }

    /** The same for a look at the first rows in the order of an index. */
    <T> T runInOrder(Function<EntityManager, T> work) {
        return run(dialect.get().beginInOrder(), work);
    }

    /** The same for a statement whose plan may be kept. */
    <T> T runWithKeptPlan(Function<EntityManager, T> work) {
        return run(dialect.get().beginWithKeptPlan(), work);
    }

    /** The same for tables that never have more than a few rows, on which any plan will do. */
    <T> T runOnFewRows(Function<EntityManager, T> work) {
        return run(Optional.empty(), work);
    }

    /** The same for what may be done twice, so that its commit need not wait until it is safe on disk. */
    <T> T runRelaxed(Function<EntityManager, T> work) {
        return run(dialect.get().beginRelaxed(), work);
    }

    /** Both of these. */
    <T> T runRelaxedWithKeptPlan(Function<EntityManager, T> work) {
        return run(dialect.get().beginRelaxedWithKeptPlan(), work);
    }

    private <T> T run(Optional<String> begin, Function<EntityManager, T> work) {
        Function<EntityManager, T> all = em -> {
            begin.ifPresent(sql -> NativeQuery.read(em, sql).getResultList());
            return work.apply(em);
        };
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return transactions.separately(all);
            } catch (RuntimeException e) {
                if (!Contention.ended(e)) {
                    throw e;
                }
            }
        }
        return transactions.separately(all);
    }
}
