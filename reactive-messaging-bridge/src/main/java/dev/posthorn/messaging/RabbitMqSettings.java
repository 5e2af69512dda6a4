package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Where a channel of {@code posthorn-rabbitmq} sends to, and how. */
record RabbitMqSettings(
        String channel,
        String addresses,
        String exchange,
        String exchangeType,
        boolean exchangeDurable,
        boolean exchangeAutoDelete,
        boolean exchangeDeclare,
        @Nullable String defaultRoutingKey,
        boolean mandatory,
        int maxInflightMessages,
        OutgoingChannel configured) {

    /** How {@code exchange.name} says RabbitMQ's default exchange, which takes a routing key for the name of a queue. */
    private static final String DEFAULT_EXCHANGE = "\"\"";

    private static final String PORT = "5672";
    private static final String TLS_PORT = "5671";

    static RabbitMqSettings of(String name, Config config) {
        OutgoingChannel channel = new OutgoingChannel(name, RabbitMqSupport.CONNECTOR, config);
        return new RabbitMqSettings(
                name,
                addresses(channel),
                exchange(channel),
                RabbitMqAttribute.EXCHANGE_TYPE.of(channel),
                RabbitMqAttribute.EXCHANGE_DURABLE.isTrue(channel),
                RabbitMqAttribute.EXCHANGE_AUTO_DELETE.isTrue(channel),
                RabbitMqAttribute.EXCHANGE_DECLARE.isTrue(channel),
                RabbitMqAttribute.DEFAULT_ROUTING_KEY.configured(channel).orElse(null),
                RabbitMqAttribute.MANDATORY.isTrue(channel),
                RabbitMqAttribute.MAX_INFLIGHT_MESSAGES.number(channel),
                channel);
    }

    /** The default exchange is always there, and can't be declared. */
    boolean declaresExchange() {
        return exchangeDeclare && !exchange.isEmpty();
    }

    String routingKey(EventEnvelope event) {
        return defaultRoutingKey == null ? event.topic() : defaultRoutingKey;
    }

    private static String addresses(OutgoingChannel channel) {
        String tlsOrNot = RabbitMqAttribute.SSL.isTrue(channel) ? TLS_PORT : PORT;
        return RabbitMqAttribute.ADDRESSES
                .configured(channel)
                .orElseGet(() -> RabbitMqAttribute.HOST.of(channel) + ":"
                        + RabbitMqAttribute.PORT.configured(channel).orElse(tlsOrNot));
    }

    private static String exchange(OutgoingChannel channel) {
        String name = RabbitMqAttribute.EXCHANGE_NAME.configured(channel).orElse(channel.name());
        return name.equals(DEFAULT_EXCHANGE) ? "" : name;
    }
}
