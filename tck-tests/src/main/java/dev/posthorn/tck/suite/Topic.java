package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.control.BrokerRecord;
import java.util.List;
import org.awaitility.Awaitility;

/** What a topic holds for a key. */
final class Topic {

    private final BrokerControl broker = new BrokerControl();
    private final String name;

    Topic(String name) {
        this.name = name;
    }

    List<BrokerRecord> of(String key) {
        return broker.records(name).stream()
                .filter(sent -> key.equals(sent.key()))
                .toList();
    }

    /** As soon as there are that many. */
    List<BrokerRecord> await(String key, int count) {
        return Awaitility.await(count + " records of key " + key)
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> of(key), records -> records.size() >= count);
    }

    BrokerRecord awaitOne(String key) {
        List<BrokerRecord> records = await(key, 1);
        assertEquals(1, records.size(), "records of key " + key);
        return records.get(0);
    }
}
