package dev.posthorn.tck.reliability;

import dev.posthorn.tck.ledger.Boundary;
import dev.posthorn.tck.ledger.Ending;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Writes to the ledger through any node. */
final class LedgerClient {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PATIENCE_WITH_MUCH = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    enum Answer {
        COMMITTED,
        /** Somebody else is writing that key. */
        BUSY,
        REFUSED,
        /** The node does not run, or not yet. */
        AWAY,
        /** None: it may have been committed or not. */
        NONE
    }

    void open(URI node, List<String> keys) {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("api/ledger"))
                .timeout(PATIENCE_WITH_MUCH)
                .POST(BodyPublishers.ofString(String.join(",", keys)))
                .build();
        int status = status(request);
        if (status != 204) {
            throw new IllegalStateException(request.uri() + " answered " + status);
        }
    }

    Answer write(URI node, Aim aim, String write, int numbers, Ending ending, Boundary boundary) {
        return put(node, aim, write, "numbers=%d&ending=%s&boundary=%s".formatted(numbers, ending, boundary), PATIENCE);
    }

    /** Events without a number. */
    Answer fill(URI node, Aim aim, String write, int extras) {
        return put(node, aim, write, "numbers=0&extras=" + extras, PATIENCE_WITH_MUCH);
    }

    private Answer put(URI node, Aim aim, String write, String what, Duration patience) {
        String topic = aim.topic().map(each -> "&topic=" + each).orElse("");
        HttpRequest request = HttpRequest.newBuilder(
                        node.resolve("api/ledger/%s/%s?%s%s".formatted(aim.key(), write, what, topic)))
                .timeout(patience)
                .PUT(BodyPublishers.noBody())
                .build();
        return switch (status(request)) {
            case 204 -> Answer.COMMITTED;
            case 409 -> Answer.BUSY;
            case 0 -> Answer.NONE;
            case 404, 503 -> Answer.AWAY;
            default -> Answer.REFUSED;
        };
    }

    /** 0 if there is none. */
    private int status(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing", e);
        }
    }
}
