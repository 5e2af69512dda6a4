package dev.posthorn.tck.reliability;

import dev.posthorn.tck.trouble.Trouble;
import java.time.Duration;

/** Makes the application's own code misbehave. It ends by itself, or when the node does. */
final class Nuisance {

    private final Cluster cluster;
    private final NodeClient nodes;

    Nuisance(Cluster cluster) {
        this.cluster = cluster;
        this.nodes = new NodeClient(cluster);
    }

    void begin(int node, Trouble trouble, Duration length) {
        nodes.ask(node, "PUT", "troubles/%s?millis=%d".formatted(trouble, length.toMillis()));
    }

    void beginEverywhere(Trouble trouble, Duration length) {
        for (int node = 0; node < cluster.size(); node++) {
            begin(node, trouble, length);
        }
    }

    void endEverywhere() {
        for (int node = 0; node < cluster.size(); node++) {
            nodes.ask(node, "DELETE", "troubles");
        }
    }
}
