package dev.posthorn.jpa.transaction;

import dev.posthorn.PosthornException;
import dev.posthorn.jpa.config.Problems;
import dev.posthorn.jpa.statement.Connections;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Refuses a connection that commits each statement by itself, although there is a transaction. The driver knows that without asking the
 * database. Some drivers say it of a connection in an XA transaction, too: whether their word counts is tried at the start.
 */
public final class Enlistment {

    private volatile boolean tells;

    /**
     * Notes what the connection of a transaction said that was seen to be one.
     *
     * @param autoCommit whether it seemed to commit each statement by itself
     */
    public void seen(boolean autoCommit) {
        tells = !autoCommit;
    }

    /**
     * Requires that the EntityManager works in the transaction of the caller.
     *
     * @throws PosthornException if what it writes would be committed at once
     */
    public void require(EntityManager em) {
        if (tells && isAutoCommit(em)) {
            throw new PosthornException(Problems.notEnlisted());
        }
    }

    public static boolean isAutoCommit(EntityManager em) {
        return Connections.lend(em, Enlistment::isAutoCommit).orElse(false);
    }

    private static boolean isAutoCommit(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
