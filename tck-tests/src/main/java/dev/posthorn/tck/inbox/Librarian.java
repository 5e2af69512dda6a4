package dev.posthorn.tck.inbox;

import dev.posthorn.Received;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Handles with what has names in the application: resources that are injected, and others that are looked up. */
@ApplicationScoped
public class Librarian {

    @Inject
    private Desk desk;

    @Resource
    private TransactionSynchronizationRegistry transaction;

    void on(@Observes @Received OrderArrived event) throws NamingException {
        if (event.text().startsWith("look up")) {
            DataSource found = InitialContext.doLookup("java:app/jdbc/tck");
            boolean active = transaction.getTransactionStatus() == Status.STATUS_ACTIVE;
            desk.note(event.order(), found != null && active ? "looked up" : "not found");
        }
    }
}
