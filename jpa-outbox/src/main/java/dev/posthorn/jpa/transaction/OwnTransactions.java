package dev.posthorn.jpa.transaction;

import dev.posthorn.PosthornException;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Plans;
import dev.posthorn.jpa.statement.Contention;
import dev.posthorn.jpa.statement.Sql;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The transactions that are ours, not the application's. One that the database ended for the sake of others is repeated: what is
 * done in them are conditional changes.
 */
public final class OwnTransactions {

    private static final int ATTEMPTS = 5;

    private final Transactions transactions;
    private final Supplier<Dialect> dialect;

    public OwnTransactions(Transactions transactions, Supplier<Dialect> dialect) {
        this.transactions = transactions;
        this.dialect = dialect;
    }

    /** Does the work in a transaction of its own, with fresh plans. */
    public <T> T run(Function<EntityManager, T> work) {
        return run(Plans.FRESH, work);
    }

    /** Does the work in a transaction of its own. */
    public <T> T run(Plans plans, Function<EntityManager, T> work) {
        return run(plans, false, work);
    }

    /** The same for what may be done twice, so that its commit need not wait until it is safe on disk. */
    public <T> T runRelaxed(Plans plans, Function<EntityManager, T> work) {
        return run(plans, true, work);
    }

    private <T> T run(Plans plans, boolean relaxed, Function<EntityManager, T> work) {
        Optional<String> begin = dialect.get().begin(plans, relaxed);
        Function<EntityManager, T> all = em -> {
            begin.ifPresent(sql -> Sql.read(em, sql).rows());
            return work.apply(em);
        };
        return repeated(() -> separately(all));
    }

    /** Does the work in a transaction of its own, which is rolled back. */
    public void rolledBack(Consumer<EntityManager> work) {
        repeated(() -> {
            transactions.rolledBack(work);
            return true;
        });
    }

    private static <T> T repeated(Supplier<T> work) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (!Contention.ended(e)) {
                    throw e;
                }
            }
        }
        return work.get();
    }

    private <T> T separately(Function<EntityManager, T> work) {
        try {
            return transactions.separately(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // WildFly's interceptor throws the checked RollbackException, which nobody declares or expects.
            throw new PosthornException(
                    "POSTHORN-JPA-16: A transaction of Posthorn's own did not commit; see the cause.", e);
        }
    }
}
