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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Passes on what the demo's launcher answers: it runs the broker, and the consumer that listens to it. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class LauncherResource {

    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    @ConfigProperty(name = "demo.launcher")
    URI launcher;

    @GET
    @Path("received")
    public Response received() throws IOException, InterruptedException {
        return pass("GET", "/received");
    }

    @GET
    @Path("broker")
    public Response broker() throws IOException, InterruptedException {
        return pass("GET", "/broker");
    }

    @POST
    @Path("broker/{order: start|stop}")
    public Response broker(@PathParam("order") String order) throws IOException, InterruptedException {
        return pass("POST", "/broker/" + order);
    }

    private Response pass(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(launcher.resolve(path))
                .method(method, BodyPublishers.noBody())
                .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        return Response.status(response.statusCode()).entity(response.body()).build();
    }
}
