package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** A customer of one post application, from outside its server. */
final class PostClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI application;

    PostClient(URI application) {
        this.application = application;
    }

    void send(String text) {
        put(text, "?ejb=false", 204);
    }

    /** Through the EJB. */
    void sendByCounter(String text) {
        put(text, "?ejb=true", 204);
    }

    /** Rolled back, in both ways. */
    void changeMind(String text) {
        put(text, "?changeOfMind=true", 500);
        put(text, "?changeOfMind=true&ejb=true", 500);
    }

    /** What the business data has of texts that begin so. */
    List<String> written(String prefix) {
        return lines(prefix + "/written");
    }

    /** Each time that a letter, whose text begins so, was received in this application's database. */
    List<String> receipts(String prefix) {
        return lines(prefix + "/receipts");
    }

    /** What operators see of the outbox. */
    List<String> outbox() {
        return lines("any/outbox");
    }

    /** What operators see of the inbox. */
    List<String> inbox() {
        return lines("any/inbox");
    }

    /** Whether this application has letters at all. */
    boolean isThere() {
        return exchange(request("any/outbox")).statusCode() == 200;
    }

    private void put(String text, String query, int expected) {
        HttpResponse<String> response = exchange(request(text + query).PUT(HttpRequest.BodyPublishers.noBody()));
        assertEquals(expected, response.statusCode(), response::body);
    }

    private List<String> lines(String path) {
        HttpResponse<String> response = exchange(request(path));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    response.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body().lines().toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(application.resolve("api/letters/" + path))
                .timeout(PATIENCE);
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending", e);
        }
    }
}
