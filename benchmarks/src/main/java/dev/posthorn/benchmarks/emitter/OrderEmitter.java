package dev.posthorn.benchmarks.emitter;

import dev.posthorn.benchmarks.load.OrderPlaced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends by a channel of its own. The payload is Kafka's record, which the connectors of all servers take. */
@ApplicationScoped
public class OrderEmitter {

    /** Also in the application's configuration. */
    public static final String CHANNEL = "by-hand";

    /** The default, a buffer for 128, throws when it is full: nothing is to be lost as long as nothing fails. */
    @Inject
    @Channel(CHANNEL)
    @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
    Emitter<Object> emitter;

    /** Is complete when the broker has acknowledged. */
    public CompletionStage<Void> send(String key, byte[] payload) {
        return emitter.send(new ProducerRecord<>(OrderPlaced.TOPIC, key, payload));
    }
}
