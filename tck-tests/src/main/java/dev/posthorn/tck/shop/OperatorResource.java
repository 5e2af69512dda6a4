package dev.posthorn.tck.shop;

import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.operator.OutboxOperator;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** What operators see of a key, for a test that runs outside the server. */
@Path("operator/{key}")
@RequestScoped
public class OperatorResource {

    private static final int ALL = 1000;

    @Inject
    private OutboxOperator operator;

    /** The state and the error of each event. */
    @GET
    public String events(@PathParam("key") String key) {
        return String.join("\n", list(key).stream().map(OperatorResource::line).toList());
    }

    private static String line(EventSummary event) {
        return event.state() + " " + event.error();
    }

    /** What is shown of the events one by one. */
    @GET
    @Path("data")
    public String data(@PathParam("key") String key) {
        return String.join(
                "\n",
                list(key).stream()
                        .map(event -> operator.inspect(event.id()).orElseThrow())
                        .map(details -> details.summary().type() + " " + details.data().length)
                        .toList());
    }

    /** Discards what is not delivered. */
    @DELETE
    public String discard(@PathParam("key") String key) {
        return Integer.toString(operator.discard(EventFilter.undelivered().key(key)));
    }

    private List<EventSummary> list(String key) {
        return operator.list(EventFilter.all().key(key), ALL).events();
    }
}
