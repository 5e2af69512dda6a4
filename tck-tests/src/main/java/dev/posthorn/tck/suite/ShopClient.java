package dev.posthorn.tck.suite;

import dev.posthorn.tck.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A customer of the shop, from outside its server. */
final class ShopClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerProcess server;

    ShopClient(ServerProcess server) {
        this.server = server;
    }

    /**
     * Buys, with an event of that key whose text is the purchase's id.
     *
     * @return whether the shop said that it has been bought
     * @throws UncheckedIOException if there was no answer: nobody knows
     */
    boolean buy(String id, String key) {
        return put(id + "?key=" + key) == 204;
    }

    /** The same, rolled back. */
    void changeMind(String id, String key) {
        int status = put(id + "?changeOfMind=true&key=" + key);
        if (status != 500) {
            throw new IllegalStateException("Rolled back, but answered with " + status);
        }
    }

    /** The ids of what has been bought, of those that begin so. */
    Set<String> bought(String prefix) {
        return get(prefix).lines().collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many events, of keys that begin so, are not marked as delivered. */
    int undelivered(String keyPrefix) {
        return Integer.parseInt(get(keyPrefix + "/undelivered"));
    }

    /** What operators see of a key. */
    String operator(String path) {
        return get("../operator/" + path);
    }

    /** Discards what is not delivered of a key, and answers how many. */
    String discard(String key) {
        return send(request("../operator/" + key).DELETE()).body();
    }

    private int put(String path) {
        return send(request(path).PUT(HttpRequest.BodyPublishers.noBody())).statusCode();
    }

    private String get(String path) {
        HttpResponse<String> response = send(request(path));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.uri() + " answered " + response.statusCode());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.url().resolve("api/purchases/" + path))
                .timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while buying", e);
        }
    }
}
