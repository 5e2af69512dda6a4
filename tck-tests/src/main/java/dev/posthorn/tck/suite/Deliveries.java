package dev.posthorn.tck.suite;

import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.control.BrokerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * What the broker got of some keys. An event may come again, with the same id; its place in the order is that of its first delivery.
 *
 * @param firsts the texts of each key, in the order of their first deliveries
 * @param repeats how many deliveries were not the first of their event
 */
record Deliveries(Map<String, List<String>> firsts, int repeats) {

    private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** Of the keys that begin so, as soon as there are that many different events. */
    static Deliveries await(String topic, String keyPrefix, int events) {
        BrokerControl broker = new BrokerControl();
        return Awaitility.await(events + " events of keys " + keyPrefix)
                .atMost(PATIENCE)
                .until(() -> of(broker.records(topic), keyPrefix), deliveries -> deliveries.events() >= events);
    }

    static Deliveries now(String topic, String keyPrefix) {
        return of(new BrokerControl().records(topic), keyPrefix);
    }

    private static Deliveries of(List<BrokerRecord> records, String keyPrefix) {
        Map<String, List<String>> firsts = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        int repeats = 0;
        for (BrokerRecord each : records) {
            if (each.key() == null || !each.key().startsWith(keyPrefix)) {
                continue;
            }
            if (ids.add(each.header("ce_id"))) {
                firsts.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(text(each));
            } else {
                repeats++;
            }
        }
        return new Deliveries(firsts, repeats);
    }

    int events() {
        return firsts.values().stream().mapToInt(List::size).sum();
    }

    List<String> of(String key) {
        return firsts.getOrDefault(key, List.of());
    }

    /** The texts of all keys. */
    Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        firsts.values().forEach(texts::addAll);
        return texts;
    }

    @Override
    public String toString() {
        return "%d events, %d repeats".formatted(events(), repeats);
    }

    private static String text(BrokerRecord sent) {
        var matcher = TEXT.matcher(sent.payload());
        return matcher.find() ? matcher.group(1) : sent.payload();
    }
}
