package dev.posthorn.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SendsUnderWayTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final UUID event = UUID.randomUUID();
    private final List<CompletableFuture<Void>> handed = new ArrayList<>();
    private final List<UUID> givenUp = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(-5);
    private final SendsUnderWay underWay = new SendsUnderWay(PATIENCE, now::get, givenUp::add);

    @Test
    void anEventIsHandedOverOnceUntilItIsAnswered() {
        CompletableFuture<Void> first = send(event);
        CompletableFuture<Void> second = send(event);
        assertEquals(1, handed.size());
        assertFalse(first.isDone() || second.isDone());

        handed.get(0).complete(null);
        assertTrue(first.isDone() && second.isDone());
        send(event);
        assertEquals(2, handed.size());
    }

    @Test
    void otherEventsDoNotWaitForIt() {
        send(event);
        CompletableFuture<Void> other = send(UUID.randomUUID());

        handed.get(1).complete(null);
        assertTrue(other.isDone());
    }

    @Test
    void allWhoHaveAskedHearOfTheFailureAndMaySendAgainAtOnce() {
        IllegalStateException failure = new IllegalStateException("no");
        List<CompletableFuture<Void>> again = new ArrayList<>();
        send(event).whenComplete((done, error) -> again.add(send(event)));
        CompletableFuture<Void> second = send(event);

        handed.get(0).completeExceptionally(failure);
        assertSame(
                failure, assertThrows(CompletionException.class, second::join).getCause());
        assertEquals(2, handed.size());
        assertFalse(again.get(0).isDone());
    }

    @Test
    void whatIsThrownIsAnAnswerToo() {
        AssertionError thrown = new AssertionError("a bug");
        CompletableFuture<Void> send = underWay.send(event, () -> {
                    throw thrown;
                })
                .toCompletableFuture();

        assertSame(thrown, assertThrows(CompletionException.class, send::join).getCause());
        send(event);
        assertEquals(1, handed.size());
    }

    @Test
    void whoCompletesWhatHeIsGivenChangesNothingForOthers() {
        send(event).cancel(false);
        CompletableFuture<Void> second = send(event);

        assertEquals(1, handed.size());
        assertFalse(second.isDone());
    }

    @Test
    void aConnectorThatNeverAnswersIsGivenTheEventAgain() {
        CompletableFuture<Void> first = send(event);
        now.addAndGet(PATIENCE.toNanos() - 1);
        send(event);
        assertEquals(1, handed.size());

        now.addAndGet(1);
        CompletableFuture<Void> again = send(event);
        assertEquals(2, handed.size());
        assertEquals(List.of(event), givenUp);

        handed.get(0).complete(null);
        assertTrue(first.isDone());
        assertFalse(again.isDone());
        send(event);
        assertEquals(2, handed.size(), "the late answer is not that of the second send");
    }

    private CompletableFuture<Void> send(UUID id) {
        return underWay.send(id, () -> {
                    CompletableFuture<Void> answer = new CompletableFuture<>();
                    handed.add(answer);
                    return answer;
                })
                .toCompletableFuture();
    }
}
