package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.control.BrokerRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What a topic holds for a key. */
final class Topic {

    private final BrokerControl broker = new BrokerControl();
    private final String name;

    Topic(String name) {
        this.name = name;
    }

    List<BrokerRecord> of(String key) {
        return all(sent -> key.equals(sent.key()));
    }

    /** Those whose payload contains a text. */
    List<BrokerRecord> about(String text) {
        return all(sent -> sent.payload() != null && sent.payload().contains(text));
    }

    private List<BrokerRecord> all(Predicate<BrokerRecord> wanted) {
        return broker.records(name).stream().filter(wanted).toList();
    }

    /** As soon as there are that many. */
    List<BrokerRecord> await(String key, int count) {
        return await("of key " + key, () -> of(key), count);
    }

    private static List<BrokerRecord> await(String which, Callable<List<BrokerRecord>> records, int count) {
        return Awaitility.await(count + " records " + which)
                .atMost(Duration.ofSeconds(60))
                .until(records, found -> found.size() >= count);
    }

    BrokerRecord awaitOne(String key) {
        List<BrokerRecord> records = await(key, 1);
        assertEquals(1, records.size(), "records of key " + key);
        return records.get(0);
    }

    BrokerRecord awaitOneAbout(String text) {
        List<BrokerRecord> records = await("about " + text, () -> about(text), 1);
        assertEquals(1, records.size(), "records about " + text);
        return records.get(0);
    }

    /** The logical types of a key's events, as soon as there are that many. */
    List<String> awaitTypes(String key, int count) {
        return await(key, count).stream().map(sent -> sent.header("ce_type")).toList();
    }
}
