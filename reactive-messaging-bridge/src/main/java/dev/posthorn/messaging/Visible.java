package dev.posthorn.messaging;

/** Which libraries this module's own class loader sees; only what it sees can be linked. */
final class Visible {

    private Visible() {}

    static boolean kafkaClients() {
        return isVisible("org.apache.kafka.clients.producer.ProducerRecord");
    }

    static boolean smallRyeKafkaApi() {
        return isVisible("io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata");
    }

    static boolean smallRyeRabbitMq() {
        return isVisible("io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMetadata");
    }

    static boolean smallRyeAmqp() {
        return isVisible("io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata");
    }

    private static boolean isVisible(String className) {
        try {
            Class.forName(className, false, Visible.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
