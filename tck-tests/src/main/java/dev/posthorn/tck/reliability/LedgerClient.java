package dev.posthorn.tck.reliability;

import dev.posthorn.tck.ledger.Ending;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Writes to the ledger through any node. */
final class LedgerClient {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PATIENCE_AT_THE_START = Duration.ofSeconds(60);

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

    void open(URI node, Trial trial) {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("api/ledger"))
                .timeout(PATIENCE_AT_THE_START)
                .POST(BodyPublishers.ofString(String.join(",", trial.keys())))
                .build();
        int status = status(request);
        if (status != 204) {
            throw new IllegalStateException(request.uri() + " answered " + status);
        }
    }

    Answer write(URI node, String key, String write, int numbers, Ending ending) {
        String path = "api/ledger/%s/%s?numbers=%d&ending=%s".formatted(key, write, numbers, ending);
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(PATIENCE)
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
