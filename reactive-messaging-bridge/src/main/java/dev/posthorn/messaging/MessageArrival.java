package dev.posthorn.messaging;

import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.IncomingMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A message that its connector waits for an answer to. */
final class MessageArrival implements Arrival {

    private final IncomingMessage content;
    private final Message<?> message;
    private final Runnable whenAnswered;
    private final Consumer<Throwable> whenNotRefused;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** @param whenNotRefused told when the connector could not do with a refusal what its configuration says */
    MessageArrival(
            IncomingMessage content, Message<?> message, Runnable whenAnswered, Consumer<Throwable> whenNotRefused) {
        this.content = content;
        this.message = message;
        this.whenAnswered = whenAnswered;
        this.whenNotRefused = whenNotRefused;
    }

    @Override
    public IncomingMessage message() {
        return content;
    }

    @Override
    public CompletionStage<?> acknowledge() {
        return answer(message::ack);
    }

    @Override
    public CompletionStage<?> refuse(Throwable why) {
        return answer(() -> message.nack(why)).whenComplete((done, error) -> {
            if (error != null) {
                whenNotRefused.accept(error);
            }
        });
    }

    private CompletionStage<?> answer(Supplier<CompletionStage<Void>> answer) {
        if (!answered.compareAndSet(false, true)) {
            return CompletableFuture.failedStage(new IllegalStateException("This message has been answered already"));
        }
        try {
            return answer.get();
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.failedStage(e);
        } finally {
            whenAnswered.run();
        }
    }
}
