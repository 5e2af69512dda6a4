package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Sends what is emitted on a channel. A thread of its own connects and publishes, since both can take long; it never has more to do
 * than has been asked for. While there is no connection each event that comes is a new attempt, and how often one comes is the relay's
 * to say.
 */
final class RabbitMqSender implements Subscriber<Message<?>>, AutoCloseable {

    private static final int LONGEST_SHORT_STRING = 255;

    private final RabbitMqSettings settings;
    private final RabbitMqConnection connection;
    private final BlockingQueue<RabbitMqSend> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;

    private volatile boolean closed;
    private volatile @Nullable Subscription subscription;

    RabbitMqSender(RabbitMqSettings settings) {
        this.settings = settings;
        connection = new RabbitMqConnection(settings);
        thread = RabbitMqConnection.daemon(this::send, "posthorn-rabbitmq-" + settings.channel());
    }

    @Override
    public void onSubscribe(Subscription emitted) {
        subscription = emitted;
        thread.start();
        emitted.request(settings.maxInflightMessages());
    }

    @Override
    public void onNext(Message<?> message) {
        if (message.getPayload() instanceof EventEnvelope event) {
            waiting.add(new RabbitMqSend(message, event, this::askForOne));
            if (closed) {
                failWaiting(closing());
            }
        } else {
            askForOne();
            message.nack(new IllegalArgumentException(RabbitMqProblems.notAnEvent(settings.channel())));
        }
    }

    @Override
    public void onError(Throwable failure) {
        // Nothing more is emitted; what has been is sent.
    }

    @Override
    public void onComplete() {
        // As above.
    }

    /** What is unconfirmed fails, as what waits does. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        connection.close();
        failWaiting(closing());
    }

    private void askForOne() {
        Subscription emitted = subscription;
        if (emitted != null) {
            emitted.request(1);
        }
    }

    private void send() {
        try {
            while (!closed) {
                send(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
        failWaiting(closing());
    }

    private void send(RabbitMqSend send) {
        Optional<String> tooLong = tooLong(send.event());
        if (tooLong.isPresent()) {
            String problem = RabbitMqProblems.tooLong(tooLong.get());
            send.failed(new SendRefusedException(Failure.HOPELESS, problem, null));
            return;
        }
        RabbitMqSession session;
        try {
            session = connection.session();
        } catch (Throwable e) {
            SendRefusedException reason = noSession(e);
            send.failed(reason);
            // What has come meanwhile would have to wait for as long.
            failWaiting(reason);
            return;
        }
        session.publish(send);
    }

    /** Whatever it is, the thread goes on. */
    private SendRefusedException noSession(Throwable thrown) {
        return thrown instanceof LinkageError doesNotLink
                ? RabbitMqFailures.noClient(settings, doesNotLink)
                : RabbitMqFailures.unreachable(settings, thrown);
    }

    private void failWaiting(SendRefusedException reason) {
        for (RabbitMqSend send = waiting.poll(); send != null; send = waiting.poll()) {
            send.failed(reason);
        }
    }

    private SendRefusedException closing() {
        return RabbitMqFailures.unreachable(settings, new IOException("the application stops"));
    }

    /** The client would notice it too late, when it has counted the message. */
    private Optional<String> tooLong(EventEnvelope event) {
        return Stream.concat(
                        Stream.of(settings.routingKey(event), event.type(), event.contentType()),
                        event.headers().keySet().stream())
                .filter(text -> text.getBytes(UTF_8).length > LONGEST_SHORT_STRING)
                .findFirst();
    }
}
