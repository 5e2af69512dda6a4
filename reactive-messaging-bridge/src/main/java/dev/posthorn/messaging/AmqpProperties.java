package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import java.util.HashMap;
import java.util.Map;

/**
 * The AMQP protocol binding of CloudEvents 1.0, binary content mode: attributes as application properties, or as headers in the older
 * protocol that RabbitMQ speaks, which has no binding of its own.
 */
final class AmqpProperties {

    /** The one that the binding prefers for what is sent; the other one has a character that JMS does not allow in names. */
    private static final String PREFIX = "cloudEvents_";

    /** The binding allows for both in what is received. */
    static final String[] PREFIXES = {"cloudEvents:", PREFIX};

    private AmqpProperties() {}

    /** The event's own headers, then its attributes. The content type is the message's own property. */
    static Map<String, Object> of(EventEnvelope event) {
        Map<String, Object> properties = new HashMap<>(OwnHeaders.of(event, PREFIXES));
        for (CloudEventAttribute attribute : CloudEventAttribute.values()) {
            String value = attribute.of(event);
            if (value != null && attribute != CloudEventAttribute.DATACONTENTTYPE) {
                properties.put(PREFIX + attribute.attribute(), value);
            }
        }
        return properties;
    }
}
