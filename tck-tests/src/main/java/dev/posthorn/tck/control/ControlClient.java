package dev.posthorn.tck.control;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Talks to the test JVM, whose address every server under test gets as a system property. */
final class ControlClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    ControlClient() {
        server = URI.create(System.getProperty(BrokerControl.URL_PROPERTY));
    }

    String get(String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)));
    }

    void post(String path) {
        send(HttpRequest.newBuilder(server.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.uri() + " answered:\n" + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException("The test JVM does not answer at " + server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while talking to the test JVM", e);
        }
    }
}
