package dev.posthorn.tck.reliability;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaTopics;
import dev.posthorn.tck.freight.Freight;
import dev.posthorn.tck.server.ServerProcess;
import dev.posthorn.tck.shop.Resources;
import dev.posthorn.tck.vitals.HeapResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** One node that publishes to some healthy topics, with nothing of Posthorn configured, and all that can be seen of it. */
final class FreightNode implements AutoCloseable {

    private final KafkaTopics topics = Fixtures.broker().topics();
    private final List<String> healthy;
    private final Cluster cluster;
    private final Heaps heaps;
    private final FreightTable table;
    private final FreightClient client;
    private final FreightLoad load;

    /** @param name of the application and its database */
    FreightNode(String name, List<String> healthy) {
        this.healthy = healthy;
        this.cluster = Cluster.start(name, archive(name, healthy), 1);
        this.heaps = new Heaps(cluster);
        this.table = new FreightTable(name);
        this.client = new FreightClient(cluster);
        this.load = new FreightLoad(client, healthy, this::delivered);
    }

    static TckArchive archive(String name, List<String> topics) {
        return TckArchive.named(name)
                .withPosthorn()
                .withPackageOf(Freight.class)
                .with(TckApplication.class, Resources.class, HeapResource.class)
                .events("posthorn", topics.toArray(String[]::new))
                .property("posthorn.schema", "create");
    }

    ServerProcess server() {
        return cluster.node(0);
    }

    FreightTable table() {
        return table;
    }

    /** How many events there are in the healthy topics. */
    long delivered() {
        return topics.count(healthy);
    }

    /** Events of healthy topics per second, while as many as possible are published. */
    double rate(Duration window) {
        return load.rate(window);
    }

    long megabytes() {
        return heaps.live();
    }

    long sends(String topic) {
        return client.sends(topic);
    }

    /** What it answers to whoever asks whether it is ready. */
    String health() {
        HttpRequest request = HttpRequest.newBuilder(server().health().resolve("ready"))
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for health", e);
        }
    }

    @Override
    public void close() {
        load.close();
        cluster.close();
    }
}
