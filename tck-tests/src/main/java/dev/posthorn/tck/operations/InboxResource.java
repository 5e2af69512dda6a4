package dev.posthorn.tck.operations;

import dev.posthorn.operator.InboxOperator;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedState;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** What operators do with events that have arrived. */
@Path("operations/inbox/{channel}")
@RequestScoped
public class InboxResource {

    @Inject
    private InboxOperator inbox;

    @PathParam("channel")
    private String channel;

    @POST
    @Path("pause")
    public void pause() {
        inbox.pause(channel);
    }

    @POST
    @Path("resume")
    public void resume() {
        inbox.resume(channel);
    }

    @POST
    @Path("park")
    public void park(@QueryParam("key") String key) {
        inbox.park(channel, key);
    }

    @POST
    @Path("release")
    public void release(@QueryParam("key") String key) {
        inbox.release(channel, key);
    }

    /** Those whose next attempt is due later. */
    @POST
    @Path("requeue")
    public void requeue() {
        inbox.requeue(ReceivedFilter.all().channel(channel).states(ReceivedState.DELAYED));
    }
}
