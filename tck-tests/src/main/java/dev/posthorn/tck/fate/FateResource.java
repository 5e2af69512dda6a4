package dev.posthorn.tck.fate;

import dev.posthorn.tck.shop.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The way in for a test that runs outside the server. Answers with the stack trace where the transaction did not commit. */
@Path("fates/{id}/{caller}")
@RequestScoped
public class FateResource {

    @Inject
    private Fates fates;

    @PUT
    @Path("buy/{moment}")
    public Response buy(
            @PathParam("id") String id, @PathParam("caller") Caller caller, @PathParam("moment") Moment moment) {
        return inTransaction(caller, () -> fates.buy(id, moment));
    }

    @PUT
    @Path("operate")
    public Response operateAndFail(@PathParam("id") String id, @PathParam("caller") Caller caller) {
        return inTransaction(caller, () -> fates.operateAndFail(id));
    }

    private static Response inTransaction(Caller caller, Runnable work) {
        try {
            caller.inTransaction(work);
            return Response.noContent().build();
        } catch (Exception e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return Response.status(Response.Status.CONFLICT)
                    .entity(trace.toString())
                    .build();
        }
    }
}
