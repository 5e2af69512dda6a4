package dev.posthorn.tck.reliability;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.novelty.Novelty;
import dev.posthorn.tck.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Events that only a newer version of the application fires: some on its own channel, some on that of all versions. */
final class Novelties implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess node;
    private final String key;
    private final Follower follower;

    Novelties(ServerProcess node, String key) {
        this.node = node;
        this.key = key;
        this.follower = new Follower(Fixtures.broker().bootstrapServers(), Novelty.TOPIC, key);
    }

    void fire(int count) {
        for (int number = 1; number <= count; number++) {
            HttpRequest request = HttpRequest.newBuilder(
                            node.url().resolve("api/novelties/%s/%d".formatted(key, number)))
                    .timeout(PATIENCE)
                    .PUT(BodyPublishers.noBody())
                    .build();
            int status = status(request);
            if (status != 204) {
                throw new IllegalStateException(request.uri() + " answered " + status);
            }
        }
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while firing", e);
        }
    }

    /** The key of what goes through the new channel. */
    String ownKey() {
        return key + "-novelty";
    }

    /** The numbers received through the new channel, without repetitions, as soon as there are that many. */
    List<Long> awaitOwn(int count) {
        return await(ownKey(), count);
    }

    /** The same of the channel that all versions have. */
    List<Long> awaitShared(int count) {
        return await(key + "-recent", count);
    }

    private List<Long> await(String ofKey, int count) {
        return Awaitility.await(count + " events of " + ofKey)
                .atMost(PATIENCE)
                .until(() -> numbers(ofKey), numbers -> numbers.size() >= count);
    }

    List<Long> own() {
        return numbers(ownKey());
    }

    private List<Long> numbers(String ofKey) {
        return follower.soFar().stream()
                .filter(each -> each.key().equals(ofKey))
                .map(Delivery::number)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        follower.close();
    }
}
