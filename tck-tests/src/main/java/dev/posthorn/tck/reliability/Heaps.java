package dev.posthorn.tck.reliability;

import dev.posthorn.tck.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.IntStream;

/** How much memory the nodes need. */
final class Heaps {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MEGABYTE = 1024 * 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Cluster cluster;
    private long peak;

    Heaps(Cluster cluster) {
        this.cluster = cluster;
    }

    /** MB, of the node that needs most, without garbage. */
    long live() {
        return largest("POST");
    }

    /** MB, of the node that used most, with garbage, at any look. */
    long peak() {
        return peak;
    }

    void look() {
        peak = Math.max(peak, largest("GET"));
    }

    private long largest(String method) {
        return IntStream.range(0, cluster.size())
                .mapToLong(node -> ask(cluster.node(node), method) / MEGABYTE)
                .max()
                .orElseThrow();
    }

    private long ask(ServerProcess node, String method) {
        HttpRequest request = HttpRequest.newBuilder(node.url().resolve("api/heap"))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            return Long.parseLong(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for the heap", e);
        }
    }
}
