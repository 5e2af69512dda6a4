package dev.posthorn.benchmarks.namastack;

import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.plain.EventJson;
import io.namastack.outbox.handler.OutboxRecordMetadata;
import io.namastack.outbox.handler.OutboxTypedHandler;
import java.util.concurrent.ExecutionException;
import org.springframework.kafka.core.KafkaTemplate;

/** Waits for the acknowledgement, as namastack's own handler for Kafka does. */
final class ToKafka implements OutboxTypedHandler<OrderPlaced> {

    private final KafkaTemplate<Object, Object> kafka;

    ToKafka(KafkaTemplate<Object, Object> kafka) {
        this.kafka = kafka;
    }

    @Override
    public void handle(OrderPlaced order, OutboxRecordMetadata metadata) {
        try {
            kafka.send(OrderPlaced.TOPIC, order.key(), EventJson.text(order)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
