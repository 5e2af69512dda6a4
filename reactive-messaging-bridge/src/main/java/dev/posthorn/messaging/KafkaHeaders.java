package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.posthorn.spi.EventEnvelope;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The Kafka protocol binding of CloudEvents 1.0, binary content mode: attributes as headers, the data as the record's value. */
final class KafkaHeaders {

    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";

    private static final Map<CloudEventAttribute, String> NAMES = names();

    private KafkaHeaders() {}

    /** The event's attributes under their names on Kafka, and its own headers under their own. */
    static RecordHeaders of(EventEnvelope event) {
        RecordHeaders headers = new RecordHeaders();
        for (Map.Entry<CloudEventAttribute, String> name : NAMES.entrySet()) {
            String value = name.getKey().of(event);
            if (value != null) {
                headers.add(name.getValue(), value.getBytes(UTF_8));
            }
        }
        OwnHeaders.of(event, PREFIX, CONTENT_TYPE).forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return headers;
    }

    private static Map<CloudEventAttribute, String> names() {
        Map<CloudEventAttribute, String> names = new EnumMap<>(CloudEventAttribute.class);
        for (CloudEventAttribute attribute : CloudEventAttribute.values()) {
            names.put(attribute, PREFIX + attribute.attribute());
        }
        // The one attribute that the binding maps to a header without the prefix.
        names.put(CloudEventAttribute.DATACONTENTTYPE, CONTENT_TYPE);
        return names;
    }
}
