package dev.posthorn.relay;

import static java.util.Objects.requireNonNull;

import dev.posthorn.channel.Send;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events of a channel whose send has not been answered although it was waited for long enough. The transport still has them: during
 * an outage clients keep what they can't deliver, so each repetition would be one more message when the broker is back. Whoever wants to
 * send such an event again shares the answer to come instead.
 *
 * <p>An answer may never come. It is given up after {@link #patience}: then the event is sent again, and may arrive twice.
 */
final class Unanswered {

    /** How many time-outs of sends, unless the transport says that it takes longer. */
    private static final int TIMEOUTS = 12;

    /** By the numbers of the events. */
    private final Map<Long, Awaited> awaited = new ConcurrentHashMap<>();

    private final long patience;

    /** @param answer within which the transport answers in any case, as far as it knows */
    Unanswered(Duration sendTimeout, Duration answer) {
        this.patience = Math.max(sendTimeout.toNanos() * TIMEOUTS, answer.toNanos());
    }

    /** A send that has not been answered, and the answer to come. */
    record Awaited(Send send, long since, CompletableFuture<Void> answer) {}

    /** The send of this event that the transport still has, if there is one. */
    @Nullable
    Awaited of(Long event, long now) {
        Awaited former = awaited.get(event);
        return former == null || isTooOld(former.since, now) ? null : former;
    }

    /** The numbers of the events of this key that the transport still has. */
    Set<Long> of(String key) {
        return awaited.values().stream()
                .map(Awaited::send)
                .filter(send -> key.equals(send.event().orderKey()))
                .map(Send::seq)
                .collect(Collectors.toCollection(HashSet::new));
    }

    boolean isEmpty() {
        return awaited.isEmpty();
    }

    /** This send is late. Nothing changes if it shares the answer to an earlier one. */
    void timedOut(Send send, long now) {
        awaited.putIfAbsent(send.seq(), new Awaited(send, now, new CompletableFuture<>()));
    }

    /**
     * Until {@link #answered}, this event is not to be handed to the transport again.
     *
     * @param hand hands it over; not called if the transport still has it
     * @return completes with the answer that is to come
     */
    CompletionStage<Void> await(Send send, long now, Runnable hand) {
        Awaited mine = new Awaited(send, now, new CompletableFuture<>());
        Awaited current = requireNonNull(
                awaited.merge(send.seq(), mine, (former, later) -> isTooOld(former.since, now) ? later : former));
        if (current == mine) {
            hand.run();
        }
        return current.answer;
    }

    /** This send was answered before anybody had to wait for it. */
    void forget(Send send) {
        awaited.computeIfPresent(send.seq(), (seq, former) -> former.send.equals(send) ? null : former);
    }

    /** Tells those who share the answer to this send, if there are any. */
    void answered(Send send, @Nullable Throwable error) {
        Awaited former = awaited.get(send.seq());
        if (former == null || !former.send.equals(send) || !awaited.remove(send.seq(), former)) {
            return;
        }
        if (error == null) {
            former.answer.complete(null);
        } else {
            former.answer.completeExceptionally(error);
        }
    }

    /** The sends whose answers have not come by now, and never will. */
    List<Send> tooOld(long now) {
        return awaited.values().stream()
                .filter(each -> isTooOld(each.since, now))
                .map(Awaited::send)
                .toList();
    }

    boolean isTooOld(long since, long now) {
        return now - since >= patience;
    }
}
