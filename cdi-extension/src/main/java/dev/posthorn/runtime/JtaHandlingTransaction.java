package dev.posthorn.runtime;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.PosthornException;
import dev.posthorn.inbox.HandlingTransaction;
import dev.posthorn.inbox.StoreAwayException;
import dev.posthorn.log.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** JTA's transactions. Begun by hand, since an interceptor's time-out could not be configured. */
@ApplicationScoped
public class JtaHandlingTransaction implements HandlingTransaction {

    private static final Log LOG = Log.of("dev.posthorn.inbox");

    /** CDI's bean, although each of its calls looks into JNDI: as a resource it is not found on WildFly, in libraries of an EAR. */
    @Inject
    private UserTransaction transaction;

    @Override
    public void run(Duration timeout, Next work) throws Exception {
        begin(timeout);
        boolean done = false;
        try {
            work.proceed();
            done = true;
        } finally {
            if (!done) {
                rollback();
            }
        }
        transaction.commit();
    }

    @Override
    public void requireCommittable() {
        int status = status();
        if (status != Status.STATUS_ACTIVE) {
            throw new PosthornException(
                    "POSTHORN-5323 The transaction can't be committed any more: a handler, or what it called, has marked it for"
                            + " rollback, or its time-out (posthorn.inbox.handling-timeout) is over.");
        }
    }

    private void begin(Duration timeout) {
        try {
            transaction.setTransactionTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toSeconds())));
            transaction.begin();
        } catch (NotSupportedException | SystemException | RuntimeException e) {
            throw new StoreAwayException(e);
        }
    }

    private int status() {
        try {
            return transaction.getStatus();
        } catch (SystemException e) {
            throw new PosthornException(
                    "POSTHORN-5324 The transaction manager does not say how the transaction is.", e);
        }
    }

    /** The failure that led here is the one to be thrown. */
    private void rollback() {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    e,
                    "The transaction of a failed handler could not be rolled back; it ends by its time-out.");
        }
    }
}
