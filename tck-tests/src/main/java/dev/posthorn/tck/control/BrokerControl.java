package dev.posthorn.tck.control;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Breaks and reads the broker, from inside a server or from the test JVM. Each call returns when it is done:
 * {@link #start()} when the broker answers, {@link #kill()} when the process is gone.
 */
public final class BrokerControl {

    public static final String URL_PROPERTY = "tck.control.url";

    private final ControlClient client = new ControlClient();

    /** Creates the topic unless it exists; the broker creates none by itself. */
    public void createTopic(String topic, int partitions) {
        client.post("/topics?topic=%s&partitions=%d".formatted(encode(topic), partitions));
    }

    /** The largest record that the topic takes from now on. */
    public void limitRecords(String topic, int bytes) {
        client.post("/limits?topic=%s&bytes=%d".formatted(encode(topic), bytes));
    }

    /** What is in the topic now: ordered by partition, then offset. */
    public List<BrokerRecord> records(String topic) {
        return decode(client.get("/records?topic=" + encode(topic)));
    }

    /** What is in the topic as soon as there are that many records, or whatever is there when patience ends. */
    public List<BrokerRecord> awaitRecords(String topic, int atLeast) {
        return decode(client.get("/records?topic=%s&atLeast=%d".formatted(encode(topic), atLeast)));
    }

    /** Sends a record as it is, without anybody's connector; its place is Kafka's to choose. */
    public void send(String topic, BrokerRecord record) {
        client.post("/send?topic=%s&record=%s".formatted(encode(topic), encode(record.encode())));
    }

    /** How many records of the topic come after what this group of consumers has committed. */
    public long unanswered(String group, String topic) {
        return Long.parseLong(client.get("/unanswered?group=%s&topic=%s".formatted(encode(group), encode(topic))));
    }

    public void start() {
        client.post("/broker/start");
    }

    public void stop() {
        client.post("/broker/stop");
    }

    public void kill() {
        client.post("/broker/kill");
    }

    public void freeze() {
        client.post("/broker/freeze");
    }

    public void thaw() {
        client.post("/broker/thaw");
    }

    private static List<BrokerRecord> decode(String body) {
        return body.lines().map(BrokerRecord::decode).toList();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
