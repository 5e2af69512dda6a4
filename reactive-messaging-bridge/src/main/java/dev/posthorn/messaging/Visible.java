package dev.posthorn.messaging;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which libraries this module's own class loader sees; only what it sees can be linked. */
final class Visible {

    private static final String REACTIVE_MESSAGING = "org.eclipse.microprofile.reactive.messaging.Emitter";
    private static final String SMALLRYE_MEDIATORS =
            "io.smallrye.reactive.messaging.providers.extension.MediatorManager";
    private static final String KAFKA_CLIENTS = "org.apache.kafka.clients.producer.ProducerRecord";
    private static final String SMALLRYE_KAFKA_API =
            "io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata";
    private static final String RABBITMQ_CLIENT = "com.rabbitmq.client.ConnectionFactory";
    private static final String STREAMS = "org.eclipse.microprofile.reactive.streams.operators.SubscriberBuilder";
    private static final String SMALLRYE_RABBITMQ = "io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMetadata";
    private static final String SMALLRYE_AMQP = "io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata";

    private Visible() {}

    static boolean reactiveMessaging() {
        return type(REACTIVE_MESSAGING) != null;
    }

    /** The bean that SmallRye's Reactive Messaging turns around, if that is here. */
    static boolean smallRyeMediators() {
        return type(SMALLRYE_MEDIATORS) != null;
    }

    static boolean kafkaClients() {
        return type(KAFKA_CLIENTS) != null;
    }

    static boolean smallRyeKafkaApi() {
        return type(SMALLRYE_KAFKA_API) != null;
    }

    /** All that Posthorn's connector to RabbitMQ needs. */
    static boolean rabbitMqClient() {
        return type(RABBITMQ_CLIENT) != null && type(STREAMS) != null;
    }

    static boolean smallRyeRabbitMq() {
        return type(SMALLRYE_RABBITMQ) != null;
    }

    static boolean smallRyeAmqp() {
        return type(SMALLRYE_AMQP) != null;
    }

    /** One class of each connector's library that is here. */
    static List<? extends Class<?>> ofConnectors() {
        return Stream.of(KAFKA_CLIENTS, SMALLRYE_KAFKA_API, RABBITMQ_CLIENT, SMALLRYE_RABBITMQ, SMALLRYE_AMQP)
                .map(Visible::type)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Class<?> type(String className) {
        try {
            return Class.forName(className, false, Visible.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
