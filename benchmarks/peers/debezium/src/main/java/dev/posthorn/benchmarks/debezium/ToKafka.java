package dev.posthorn.benchmarks.debezium;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.source.SourceRecord;

/** Sends a batch of changes at once, and says that they are processed when Kafka has acknowledged all of them. */
final class ToKafka implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {

    private final Producer<String, String> producer;

    ToKafka(Producer<String, String> producer) {
        this.producer = producer;
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> changes, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        List<Future<?>> sends = new ArrayList<>(changes.size());
        for (RecordChangeEvent<SourceRecord> change : changes) {
            SourceRecord event = change.record();
            if (event.value() != null) {
                sends.add(producer.send(
                        new ProducerRecord<>(event.topic(), (String) event.key(), (String) event.value())));
            }
        }
        for (Future<?> send : sends) {
            await(send);
        }
        for (RecordChangeEvent<SourceRecord> change : changes) {
            committer.markProcessed(change);
        }
        committer.markBatchFinished();
    }

    private static void await(Future<?> send) throws InterruptedException {
        try {
            send.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The batch has to come again", e);
        }
    }
}
