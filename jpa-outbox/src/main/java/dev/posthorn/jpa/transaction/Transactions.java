package dev.posthorn.jpa.transaction;

import dev.posthorn.PosthornException;
import jakarta.persistence.EntityManager;
import java.util.function.Consumer;
import java.util.function.Function;

/** The application's EntityManager, and the transactions it works in. */
public interface Transactions {

    /**
     * Lets the JPA provider get ready outside any transaction. EclipseLink creates the application's tables when an EntityManager is
     * first used, and PostgreSQL would not let it do so in a transaction in which it has just asked for one that is missing.
     */
    void open();

    /**
     * The EntityManager in the transaction of the caller.
     *
     * @throws PosthornException if its connection is not in that transaction
     */
    EntityManager current();

    /** Does the work outside any transaction: queries alone, says JPA. */
    void without(Consumer<EntityManager> work);

    /** Does the work in a transaction of its own, which is committed if and only if the work returns. */
    <T> T separately(Function<EntityManager, T> work);

    /** Does the work in a transaction of its own, which is rolled back. */
    void rolledBack(Consumer<EntityManager> work);

    /**
     * Does the work in a transaction of its own, which is rolled back while it completes.
     *
     * @param late work for the last moment, when persistence providers have flushed
     * @throws RuntimeException perhaps, since that transaction does not commit
     */
    void rolledBackLate(Consumer<EntityManager> work, Consumer<EntityManager> late);

    /** Whether connections are in transactions, as far as they tell. */
    Enlistment enlistment();
}
