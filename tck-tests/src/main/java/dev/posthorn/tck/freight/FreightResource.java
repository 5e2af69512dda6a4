package dev.posthorn.tck.freight;

import dev.posthorn.IntegrationEvents;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

@Path("freight/{topic}")
@RequestScoped
public class FreightResource {

    @Inject
    private IntegrationEvents events;

    @Inject
    private Sends sends;

    @PathParam("topic")
    private String topic;

    /** Publishes events of one key in one transaction. */
    @PUT
    @Transactional
    public void publish(@QueryParam("key") String key, @QueryParam("from") long from, @QueryParam("count") int count) {
        for (long number = from; number < from + count; number++) {
            events.draft(new Freight(key, number)).topic(topic).publish();
        }
    }

    /** How many events of the topic were handed to the channel since the start. */
    @GET
    public String sends() {
        return Long.toString(sends.of(topic));
    }
}
