package dev.posthorn.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events that a connector has been handed and has not answered for. One that is sent again meanwhile shares the answer to come:
 * clients keep what they can't deliver, so during an outage each repetition would be one more message when the broker is back.
 *
 * <p>There are never more of them than the connector takes at once.
 */
final class SendsUnderWay {

    private final Map<UUID, Handed> handed = new ConcurrentHashMap<>();
    private final Duration patience;
    private final LongSupplier nanoClock;
    private final Consumer<UUID> whenGivenUp;

    /**
     * @param patience within which the connector answers, whatever happens; later it is taken to have lost the event
     * @param whenGivenUp told of an event that is handed over again for that reason
     */
    SendsUnderWay(Duration patience, LongSupplier nanoClock, Consumer<UUID> whenGivenUp) {
        this.patience = patience;
        this.nanoClock = nanoClock;
        this.whenGivenUp = whenGivenUp;
    }

    /**
     * Hands an event over, unless an answer is still to come.
     *
     * @param hand completes with the connector's answer
     */
    CompletionStage<Void> send(UUID event, Supplier<CompletionStage<Void>> hand) {
        Handed mine = new Handed(nanoClock.getAsLong());
        Handed current = handed.merge(event, mine, (earlier, later) -> isAwaited(event, earlier) ? earlier : later);
        if (current == mine) {
            answer(hand).whenComplete((done, failure) -> answered(event, mine, failure));
        }
        return shared(current);
    }

    /** Each caller gets a stage of its own, since it may complete what it is given. */
    private static CompletionStage<Void> shared(Handed current) {
        CompletableFuture<Void> own = new CompletableFuture<>();
        current.answer.whenComplete((done, failure) -> complete(own, failure));
        return own;
    }

    private boolean isAwaited(UUID event, Handed earlier) {
        if (nanoClock.getAsLong() - earlier.since < patience.toNanos()) {
            return true;
        }
        whenGivenUp.accept(event);
        return false;
    }

    /** Whatever is thrown is an answer, or the event would be waited for. */
    private static CompletionStage<Void> answer(Supplier<CompletionStage<Void>> hand) {
        try {
            return hand.get();
        } catch (Throwable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Forgotten first: who hears of the answer may send the event again at once. */
    private void answered(UUID event, Handed answered, @Nullable Throwable failure) {
        handed.remove(event, answered);
        complete(answered.answer, failure);
    }

    private static void complete(CompletableFuture<Void> stage, @Nullable Throwable failure) {
        if (failure == null) {
            stage.complete(null);
        } else {
            stage.completeExceptionally(failure);
        }
    }

    /** None of these will be answered any more. */
    void forgetAll() {
        handed.clear();
    }

    /** Compared by identity: an event may be handed over again at the same moment. */
    private static final class Handed {

        private final CompletableFuture<Void> answer = new CompletableFuture<>();
        private final long since;

        Handed(long since) {
            this.since = since;
        }
    }
}
