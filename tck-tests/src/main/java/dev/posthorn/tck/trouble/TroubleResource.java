package dev.posthorn.tck.trouble;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** Makes trouble on this node. */
@Path("troubles")
@RequestScoped
public class TroubleResource {

    @Inject
    private Troubles troubles;

    @PUT
    @Path("{trouble}")
    public void begin(@PathParam("trouble") Trouble trouble, @QueryParam("millis") long millis) {
        troubles.begin(trouble, millis);
    }

    @DELETE
    public void end() {
        troubles.end();
    }
}
