package dev.posthorn.messaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The attributes of channels of {@code posthorn-rabbitmq}. What {@code smallrye-rabbitmq} has too is called the same there. */
enum RabbitMqAttribute {
    HOST("host", Values.TEXT, "localhost", true),
    PORT("port", Values.NUMBER, "", true),
    ADDRESSES("addresses", Values.ADDRESSES, "", true),
    USERNAME("username", Values.TEXT, "guest", true),
    PASSWORD("password", Values.TEXT, "guest", true),
    VIRTUAL_HOST("virtual-host", Values.TEXT, "/", true),
    SSL("ssl", Values.BOOLEAN, "false", true),
    TRUST_STORE_PATH("trust-store-path", Values.FILE, "", true),
    TRUST_STORE_PASSWORD("trust-store-password", Values.TEXT, "", true),
    CONNECTION_TIMEOUT("connection-timeout", Values.NUMBER, "5000", false),
    REQUESTED_HEARTBEAT("requested-heartbeat", Values.NUMBER, "10", false),
    EXCHANGE_NAME("exchange.name", Values.TEXT, "", false),
    EXCHANGE_TYPE("exchange.type", Values.TEXT, "topic", false),
    EXCHANGE_DURABLE("exchange.durable", Values.BOOLEAN, "true", false),
    EXCHANGE_AUTO_DELETE("exchange.auto-delete", Values.BOOLEAN, "false", false),
    EXCHANGE_DECLARE("exchange.declare", Values.BOOLEAN, "true", false),
    DEFAULT_ROUTING_KEY("default-routing-key", Values.TEXT, "", false),
    MANDATORY("mandatory", Values.BOOLEAN, "true", false),
    MAX_INFLIGHT_MESSAGES("max-inflight-messages", Values.NUMBER, "1024", false),
    /** There is no other way here; who comes from SmallRye's connector may leave the line as it is. */
    PUBLISH_CONFIRMS("publish-confirms", Values.TRUE, "true", false);

    private final String attribute;
    private final Values values;
    private final String byDefault;
    private final boolean hasGlobalKey;

    /** @param hasGlobalKey whether {@code rabbitmq-<attribute>} is said for all channels, as with SmallRye's connector */
    RabbitMqAttribute(String attribute, Values values, String byDefault, boolean hasGlobalKey) {
        this.attribute = attribute;
        this.values = values;
        this.byDefault = byDefault;
        this.hasGlobalKey = hasGlobalKey;
    }

    String attribute() {
        return attribute;
    }

    /** What its values have to be, if that of the channel is not. */
    Optional<String> complaint(OutgoingChannel channel) {
        return configured(channel).filter(value -> !values.have(value)).map(value -> values.description);
    }

    /** What the channel says, else the default. A wrong value is {@link #complaint}'s to report, and may be read before that. */
    String of(OutgoingChannel channel) {
        return configured(channel).filter(values::have).orElse(byDefault);
    }

    boolean isTrue(OutgoingChannel channel) {
        return Boolean.parseBoolean(of(channel));
    }

    int number(OutgoingChannel channel) {
        return Integer.parseInt(of(channel));
    }

    Optional<String> configured(OutgoingChannel channel) {
        Optional<String> own = channel.attribute(attribute);
        return hasGlobalKey
                ? own.or(() -> channel.config().getOptionalValue("rabbitmq-" + attribute, String.class))
                : own;
    }

    private enum Values {
        TEXT(".*", "a text"),
        NUMBER("[1-9]\\d{0,8}", "a whole number greater than 0"),
        BOOLEAN("true|false", "true or false"),
        TRUE("true", "true, since an event counts as sent only when RabbitMQ has confirmed it"),
        ADDRESSES(
                "[^\\s,:]+(:\\d{1,5})?(\\s*,\\s*[^\\s,:]+(:\\d{1,5})?)*",
                "host:port, several of them separated by commas"),
        FILE(".*", "a file that can be read");

        private final String pattern;
        private final String description;

        Values(String pattern, String description) {
            this.pattern = pattern;
            this.description = description;
        }

        boolean have(String value) {
            return value.matches(pattern) && (this != FILE || Files.isReadable(Path.of(value)));
        }
    }
}
