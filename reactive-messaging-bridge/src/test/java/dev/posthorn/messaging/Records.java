package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Kafka records as anybody may send them. */
final class Records {

    private Records() {}

    static ProducerRecord<String, byte[]> of(
            String topic, @Nullable String key, @Nullable String value, List<Header> headers) {
        return new ProducerRecord<>(topic, null, null, key, value == null ? null : value.getBytes(UTF_8), headers);
    }

    static ProducerRecord<String, byte[]> of(String topic, String value) {
        return of(topic, null, value, List.of());
    }

    /** A CloudEvent in binary mode with what is mandatory and no more. */
    static List<Header> binaryHeaders(Map<String, String> others) {
        List<Header> headers = new ArrayList<>(List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", "id-1"),
                header("ce_source", "/elsewhere"),
                header("ce_type", "OrderPlaced")));
        others.forEach((name, value) -> headers.add(header(name, value)));
        return headers;
    }

    static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    /** So many records with the numbers from 0 as values. */
    static List<ProducerRecord<String, byte[]>> numbered(String topic, int count) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(of(topic, "n" + i));
        }
        return records;
    }
}
