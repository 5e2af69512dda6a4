package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.OrderPlaced;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Takes messages from Artemis for a whole session. */
final class JmsReceiver implements AutoCloseable {

    private final ActiveMQConnectionFactory connections;
    private final JMSContext context;
    private final Expectation expectation;

    /** @param broker host and port */
    JmsReceiver(String broker, Expectation expectation) {
        this.expectation = expectation;
        connections = new ActiveMQConnectionFactory("tcp://" + broker);
        // In batches: the consumer of Kafka acknowledges nothing at all.
        context = connections.createContext(JMSContext.DUPS_OK_ACKNOWLEDGE);
        context.createConsumer(context.createQueue(OrderPlaced.TOPIC)).setMessageListener(this::take);
    }

    private void take(Message message) {
        long now = System.nanoTime();
        try {
            expectation.arrived(message.getBody(String.class).getBytes(StandardCharsets.UTF_8), now);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        connections.close();
    }
}
