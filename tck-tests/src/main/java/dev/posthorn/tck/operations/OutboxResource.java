package dev.posthorn.tck.operations;

import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.OutboxOperator;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;

/** What operators do with events on their way out. */
@Path("operations/outbox/{channel}")
@RequestScoped
public class OutboxResource {

    @Inject
    private OutboxOperator outbox;

    @PathParam("channel")
    private String channel;

    @POST
    @Path("pause")
    public void pause() {
        outbox.pause(channel);
    }

    @POST
    @Path("resume")
    public void resume() {
        outbox.resume(channel);
    }

    @POST
    @Path("park")
    public void park(@QueryParam("key") String key) {
        outbox.park(channel, key);
    }

    @POST
    @Path("release")
    public void release(@QueryParam("key") String key) {
        outbox.release(channel, key);
    }

    /** Those whose next attempt is due later. */
    @POST
    @Path("requeue")
    public void requeue() {
        outbox.requeue(EventFilter.all().channel(channel).states(EventState.DELAYED));
    }

    /** @return whether nothing is unsent, on any channel */
    @POST
    @Path("drain")
    public String drain(@QueryParam("millis") long millis) {
        return Boolean.toString(outbox.drain(Duration.ofMillis(millis)));
    }
}
