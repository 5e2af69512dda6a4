package dev.posthorn.benchmarks.direct;

import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.relay.AcknowledgedRows;
import dev.posthorn.benchmarks.relay.StoredEvent;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The least that a relay from memory has to do: two inserts, commit, send; acknowledged rows are deleted in batches. It does less
 * than an outbox must: no order within a key, no retries, and what a crash leaves behind stays there.
 */
final class DirectRelay implements Business {

    private final TwoInserts inserts;
    private final AcknowledgedRows acknowledged;
    private final Producer<String, byte[]> producer;

    DirectRelay(TwoInserts inserts, AcknowledgedRows acknowledged, Producer<String, byte[]> producer) {
        this.inserts = inserts;
        this.acknowledged = acknowledged;
        this.producer = producer;
    }

    @Override
    public void place(List<OrderPlaced> orders) throws SQLException {
        for (StoredEvent event : inserts.commit(orders)) {
            producer.send(new ProducerRecord<>(OrderPlaced.TOPIC, event.key(), event.payload()), (metadata, error) -> {
                if (error == null) {
                    acknowledged.add(event.id());
                }
            });
        }
    }
}
