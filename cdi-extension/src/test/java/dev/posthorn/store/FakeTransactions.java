package dev.posthorn.store;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server's transactions, one at a time, as far as synchronizations see them. */
public final class FakeTransactions implements TransactionSynchronizationRegistry {

    private final List<Runnable> observers = new ArrayList<>();
    private final List<Synchronization> interposed = new ArrayList<>();
    private final Map<Object, Object> resources = new HashMap<>();
    private volatile int status = Status.STATUS_NO_TRANSACTION;
    private boolean refusing;
    private Runnable flush = () -> {};

    public void begin() {
        status = Status.STATUS_ACTIVE;
        observers.clear();
        interposed.clear();
        resources.clear();
        refusing = false;
        flush = () -> {};
    }

    /** Calls a BEFORE_COMPLETION observer of this transaction, as servers do: before the persistence provider flushes. */
    public <E> Consumer<E> observing(Consumer<E> observer) {
        return event -> observers.add(() -> observer.accept(event));
    }

    /** What the persistence provider does when the transaction completes. */
    void atFlush(Runnable task) {
        flush = task;
    }

    /** From now on no synchronization is taken. */
    void refuseSynchronizations() {
        refusing = true;
    }

    void takeSynchronizations() {
        refusing = false;
    }

    static Synchronization before(Runnable task) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {
                task.run();
            }

            @Override
            public void afterCompletion(int status) {}
        };
    }

    /** @throws RuntimeException what a synchronization has thrown, after the transaction was rolled back */
    public void commit() {
        RuntimeException failure = status == Status.STATUS_MARKED_ROLLBACK ? new IllegalStateException() : complete();
        end(failure == null ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
        if (failure != null) {
            throw failure;
        }
    }

    /** All that comes before the end of the transaction. Answers with what a synchronization has thrown. */
    @Nullable
    RuntimeException complete() {
        for (int i = 0; i < observers.size(); i++) {
            try {
                observers.get(i).run();
            } catch (RuntimeException e) {
                // Weld swallows it, too.
            }
        }
        try {
            flush.run();
            for (int i = 0; i < interposed.size(); i++) {
                interposed.get(i).beforeCompletion();
            }
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    public void rollback() {
        end(Status.STATUS_ROLLEDBACK);
    }

    /** Tells the synchronizations how the transaction has ended, on whichever thread. */
    void end(int outcome) {
        status = outcome;
        List.copyOf(interposed).forEach(each -> each.afterCompletion(outcome));
        status = Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public Object getTransactionKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putResource(Object key, Object value) {
        requireTransaction();
        resources.put(key, value);
    }

    @Override
    public @Nullable Object getResource(Object key) {
        requireTransaction();
        return resources.get(key);
    }

    private void requireTransaction() {
        if (status == Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("There is no transaction.");
        }
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        if (refusing || status != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("It is too late for another synchronization.");
        }
        interposed.add(synchronization);
    }

    @Override
    public int getTransactionStatus() {
        return status;
    }

    @Override
    public void setRollbackOnly() {
        status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public boolean getRollbackOnly() {
        return status == Status.STATUS_MARKED_ROLLBACK;
    }
}
