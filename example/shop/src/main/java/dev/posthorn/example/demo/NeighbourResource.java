package dev.posthorn.example.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Passes on what others answer, so that the page has one address to ask: shipping, and the demo's launcher, which runs the broker
 * and the consumer that listens to it.
 */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class NeighbourResource {

    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    @ConfigProperty(name = "demo.launcher")
    URI launcher;

    @Inject
    @ConfigProperty(name = "demo.shipping")
    URI shipping;

    @GET
    @Path("{table: parcels|deliveries}")
    public Response shipping(@PathParam("table") String table) throws InterruptedException {
        return pass("GET", shipping.resolve("/" + table));
    }

    @GET
    @Path("{state: received|broker}")
    public Response launcher(@PathParam("state") String state) throws InterruptedException {
        return pass("GET", launcher.resolve("/" + state));
    }

    @POST
    @Path("deliver-again")
    public Response deliverAgain() throws InterruptedException {
        return pass("POST", launcher.resolve("/deliver-again"));
    }

    @POST
    @Path("broker/{order: start|stop}")
    public Response broker(@PathParam("order") String order) throws InterruptedException {
        return pass("POST", launcher.resolve("/broker/" + order));
    }

    private Response pass(String method, URI address) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return Response.status(response.statusCode())
                    .entity(response.body())
                    .build();
        } catch (IOException e) {
            return Problem.response(Status.BAD_GATEWAY, address + " does not answer: " + e);
        }
    }
}
