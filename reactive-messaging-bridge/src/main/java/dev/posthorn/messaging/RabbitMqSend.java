package dev.posthorn.messaging;

import dev.posthorn.spi.EventEnvelope;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** An event on its way to RabbitMQ. Whoever takes it out of the place where it waits answers it, once. */
final class RabbitMqSend {

    private final Message<?> message;
    private final EventEnvelope event;
    private final Runnable makesRoom;

    private volatile @Nullable String returned;

    /** @param makesRoom called before the answer: who hears of it may send the next event at once */
    RabbitMqSend(Message<?> message, EventEnvelope event, Runnable makesRoom) {
        this.message = message;
        this.event = event;
        this.makesRoom = makesRoom;
    }

    EventEnvelope event() {
        return event;
    }

    /** RabbitMQ has no queue for it; it confirms the message nonetheless. */
    void returned(String reply) {
        returned = reply;
    }

    /** What RabbitMQ said when it returned the message, if it did. */
    @Nullable
    String reply() {
        return returned;
    }

    void confirmed() {
        makesRoom.run();
        message.ack();
    }

    void failed(Throwable why) {
        makesRoom.run();
        message.nack(why);
    }
}
