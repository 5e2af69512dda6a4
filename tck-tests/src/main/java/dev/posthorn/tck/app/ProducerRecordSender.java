package dev.posthorn.tck.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** The payload is a {@link ProducerRecord}: {@code liberty-kafka} and {@code smallrye-kafka} both take it apart. */
@ApplicationScoped
public class ProducerRecordSender implements KafkaSender {

    private static final String CHANNEL = "ProducerRecordSender";

    @Inject
    @Channel(CHANNEL)
    private Emitter<Object> emitter;

    @Override
    public CompletionStage<Void> send(String key, Map<String, String> headers, byte[] payload) {
        ProducerRecord<String, byte[]> kafkaRecord = new ProducerRecord<>(CHANNEL, key, payload);
        headers.forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return emitter.send(kafkaRecord);
    }
}
