package dev.posthorn.tck.ledger;

import dev.posthorn.tck.shop.SessionBean;
import dev.posthorn.tck.shop.UserTransactions;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way in for writers that run outside the servers. */
@Path("ledger")
@RequestScoped
public class LedgerResource {

    @Inject
    private Ledger ledger;

    @EJB
    private SessionBean container;

    @Inject
    private UserTransactions user;

    @POST
    public void open(String keys) {
        ledger.open(List.of(keys.split(",")));
    }

    /** Answers 204 if it has been committed, 409 if somebody else is writing that key, and an error if it was rolled back. */
    @PUT
    @Path("{key}/{write}")
    public Response write(@BeanParam Order order) {
        try {
            return Response.status(isWritten(order) ? Status.NO_CONTENT : Status.CONFLICT)
                    .build();
        } catch (RuntimeException e) {
            // Thousands of them are meant: no server's log needs to know.
            return Response.serverError().build();
        }
    }

    private boolean isWritten(Order order) {
        AtomicBoolean written = new AtomicBoolean();
        Runnable write = () -> written.set(ledger.write(order));
        switch (order.boundary()) {
            case INTERCEPTOR -> write.run();
            case CONTAINER -> container.inTransaction(write);
            case USER -> user.inTransaction(write);
            default -> throw new IllegalArgumentException("Unknown boundary: " + order.boundary());
        }
        return written.get();
    }
}
