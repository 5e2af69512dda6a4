package dev.posthorn.tck.reliability;

import dev.posthorn.tck.novelty.Novelty;
import dev.posthorn.tck.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A few events on two more channels, which go to two brokers, and how long they are on their way. */
final class Trickle implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Cluster cluster;
    private final String key;
    private final Follower own;
    private final Follower shared;
    private final Map<Long, Fired> fired = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "trickle");
    private volatile boolean open = true;

    private record Fired(long nanoTime, Instant at) {}

    /**
     * @param ownServers of the broker of the one channel
     * @param sharedServers of the broker of the other
     */
    Trickle(Cluster cluster, String key, String ownServers, String sharedServers) {
        this.cluster = cluster;
        this.key = key;
        this.own = new Follower(ownServers, Novelty.TOPIC, key + "-novelty");
        this.shared = new Follower(sharedServers, Novelty.TOPIC, key + "-recent");
        thread.start();
    }

    private void run() {
        long number = 1;
        while (open) {
            Fired now = new Fired(System.nanoTime(), Instant.now());
            int status = fire(cluster.node((int) number), number);
            if (status != 204) {
                throw new IllegalStateException("Event " + number + " was answered with " + status);
            }
            fired.put(number, now);
            number++;
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private int fire(ServerProcess node, long number) {
        HttpRequest request = HttpRequest.newBuilder(node.url().resolve("api/novelties/%s/%d".formatted(key, number)))
                .timeout(PATIENCE)
                .PUT(BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new IllegalStateException("No answer to " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while firing", e);
        }
    }

    /** From before its transaction until it was sent to the one channel's broker. */
    Latencies latencies() {
        Map<Long, Instant> sent = new HashMap<>();
        own.soFar().forEach(each -> sent.putIfAbsent(each.number(), each.sentAt()));
        Latencies latencies = new Latencies();
        fired.forEach((number, each) -> {
            if (sent.containsKey(number)) {
                latencies.add(each.nanoTime(), Duration.between(each.at(), sent.get(number)));
            }
        });
        return latencies;
    }

    /** How many events were fired in each channel. */
    int count() {
        return fired.size();
    }

    /** What has been received from the one channel, without repetitions. */
    List<Long> own() {
        return numbers(own);
    }

    /** The same of the other. */
    List<Long> shared() {
        return numbers(shared);
    }

    private static List<Long> numbers(Follower follower) {
        return follower.soFar().stream().map(Delivery::number).distinct().toList();
    }

    /** Returns when nothing is fired any more. */
    void stop() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the last event is fired", e);
        }
    }

    @Override
    public void close() {
        stop();
        own.close();
        shared.close();
    }
}
