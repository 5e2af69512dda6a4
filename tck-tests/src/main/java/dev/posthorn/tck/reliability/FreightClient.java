package dev.posthorn.tck.reliability;

/** Publishes through the first node of a cluster. */
final class FreightClient {

    private final NodeClient node;

    FreightClient(Cluster cluster) {
        this.node = new NodeClient(cluster);
    }

    /** In one transaction; returns when it is committed. */
    void publish(String topic, String key, long from, int count) {
        String path = "freight/%s?key=%s&from=%d&count=%d".formatted(topic, key, from, count);
        if (node.ask(0, "PUT", path).isEmpty()) {
            throw new IllegalStateException("The node has not published events of " + topic);
        }
    }

    boolean answers(String topic) {
        return node.ask(0, "GET", "freight/" + topic).isPresent();
    }

    /** How often the node has sent to the topic since it was started. */
    long sends(String topic) {
        return Long.parseLong(node.ask(0, "GET", "freight/" + topic).orElseThrow());
    }
}
