package dev.posthorn.tck.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/** The way in for writers that run outside the servers. */
@Path("ledger")
@RequestScoped
public class LedgerResource {

    @Inject
    private Ledger ledger;

    @POST
    public void open(String keys) {
        ledger.open(List.of(keys.split(",")));
    }

    /** Answers 204 if it has been committed, 409 if somebody else is writing that key, and an error if it was rolled back. */
    @PUT
    @Path("{key}/{write}")
    public Response write(
            @PathParam("key") String key,
            @PathParam("write") String write,
            @QueryParam("numbers") int numbers,
            @QueryParam("ending") @DefaultValue("COMMIT") Ending ending) {
        try {
            boolean written = ledger.write(key, write, numbers, ending);
            return Response.status(written ? Status.NO_CONTENT : Status.CONFLICT)
                    .build();
        } catch (RuntimeException e) {
            // Thousands of them are meant: no server's log needs to know.
            return Response.serverError().build();
        }
    }
}
