package dev.posthorn.tck.reliability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Asks nodes that may be away. */
final class NodeClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Cluster cluster;

    NodeClient(Cluster cluster) {
        this.cluster = cluster;
    }

    /** @return what the node has answered, if it was able to */
    Optional<String> ask(int node, String method, String path) {
        URI uri = cluster.url(node).resolve("api/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() / 100 == 2 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + uri, e);
        }
    }

    /** Asks one node after the other until one has done it. */
    void askUntilDone(int firstNode, String method, String path, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        for (int node = firstNode; ask(node, method, path).isEmpty(); node++) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("No node was able to " + path);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
