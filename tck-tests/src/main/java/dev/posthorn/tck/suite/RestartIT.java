package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.tck.app.Note;
import dev.posthorn.tck.app.NoteResource;
import dev.posthorn.tck.app.Notes;
import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server can be killed and started again, and the application has its data back. */
@Tag("fixtures")
public class RestartIT {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    public void killedServerComesBackWithItsData() throws Exception {
        var archive = TckArchive.named("restart")
                .with(Note.class, Notes.class, NoteResource.class, TckApplication.class)
                .build();
        try (ServerProcess server = ServerProcess.of("restart", archive).start()) {
            send(server, "PUT", 204);

            server.kill9();
            server.start();

            assertEquals("true", send(server, "GET", 200));
        }
    }

    private String send(ServerProcess server, String method, int expectedStatus)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("api/notes/kept"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(expectedStatus, response.statusCode(), response.body());
        return response.body();
    }
}
