package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/** The application's EntityManager, and the transactions it works in. */
interface Transactions {

    /** The EntityManager in the transaction of the caller. */
    EntityManager current();

    /** Does the work in a transaction of its own, which is committed if and only if the work returns. */
    <T> T separately(Function<EntityManager, T> work);
}
