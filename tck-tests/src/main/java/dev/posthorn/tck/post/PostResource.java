package dev.posthorn.tck.post;

import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.InboxOperator;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.operator.ReceivedFilter;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** The way in for a test that runs outside the server. */
@Path("letters/{text}")
@RequestScoped
public class PostResource {

    private static final int ALL = 1000;

    @Inject
    private PostOffice office;

    @EJB
    private PostCounter counter;

    @Inject
    private Desk desk;

    @Inject
    private OutboxOperator outbox;

    @Inject
    private InboxOperator inbox;

    @PUT
    public void send(
            @PathParam("text") String text,
            @QueryParam("ejb") @DefaultValue("false") boolean ejb,
            @QueryParam("changeOfMind") @DefaultValue("false") boolean changeOfMind) {
        if (ejb) {
            counter.send(text, changeOfMind);
        } else {
            office.send(text, changeOfMind);
        }
    }

    @GET
    @Path("written")
    public String written(@PathParam("text") String prefix) {
        return lines(desk.written(prefix));
    }

    @GET
    @Path("receipts")
    public String receipts(@PathParam("text") String prefix) {
        return lines(desk.receipts(prefix));
    }

    /** The letters that this application's operators see in the outbox, whatever the text. */
    @GET
    @Path("outbox")
    public String outbox() {
        return lines(outbox.list(EventFilter.all(), ALL).events().stream()
                .map(event -> event.key() + " " + event.state())
                .sorted()
                .toList());
    }

    /** The letters that this application's operators see in the inbox, whatever the text. */
    @GET
    @Path("inbox")
    public String inbox() {
        return lines(inbox.list(ReceivedFilter.all(), ALL).events().stream()
                .map(event -> event.key() + " " + event.state())
                .sorted()
                .toList());
    }

    private static String lines(List<String> texts) {
        return String.join("\n", texts);
    }
}
