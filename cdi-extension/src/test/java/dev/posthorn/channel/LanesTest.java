package dev.posthorn.channel;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.posthorn.channel.Entry.State;
import dev.posthorn.spi.EventEnvelope;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Destinations destinations = new Destinations(Duration.ofSeconds(1), Duration.ofSeconds(8));
    private final Ready ready = new Ready(1, destinations);
    private final Lanes lanes = new Lanes(ready);

    @Test
    void eventsWithoutAKeyDoNotWaitForEachOther() {
        Entry one = committed(null);
        Entry other = committed(null);
        assertSame(one, poll());
        assertSame(other, poll());
    }

    @Test
    void anEventWaitsUntilTheOneAheadIsGone() {
        Entry first = committed("a");
        Entry second = committed("a");
        assertSame(first, poll());
        assertNull(poll());
        first.state = State.GONE;
        lanes.delivered(first);
        assertSame(second, poll());
    }

    @Test
    void otherKeysDoNotWait() {
        committed("a");
        Entry other = committed("b");
        poll();
        assertSame(other, poll());
    }

    @Test
    void aCommittedEventWaitsForOneThatIsPending() {
        Entry pending = add("a", State.PENDING);
        Entry second = committed("a");
        assertNull(ready.peek());
        pending.state = State.COMMITTED;
        lanes.committed(pending);
        assertSame(pending, poll());
        assertNull(poll());
        lanes.delivered(pending);
        assertSame(second, poll());
    }

    @Test
    void whatIsRolledBackInTheMiddleLeavesTheOrderOfTheOthers() {
        Entry first = committed("a");
        Entry middle = add("a", State.PENDING);
        Entry last = committed("a");
        middle.state = State.GONE;
        lanes.remove(middle);
        lanes.mayGo(last);
        assertSame(first, poll());
        assertNull(poll());
        lanes.delivered(first);
        assertSame(last, poll());
    }

    @Test
    void whatIsRolledBackAtTheEndDoesNotCutTheLane() {
        Entry first = committed("a");
        Entry end = add("a", State.PENDING);
        end.state = State.GONE;
        lanes.remove(end);
        Entry next = committed("a");
        assertSame(first, poll());
        assertNull(poll());
        lanes.delivered(first);
        assertSame(next, poll());
    }

    @Test
    void anEventToBeSentAgainGoesBehindOtherKeysButStaysAheadOfItsOwn() {
        Entry failed = committed("a");
        committed("a");
        Entry other = committed("b");
        poll();
        lanes.committed(failed);
        assertSame(other, poll());
        assertSame(failed, poll());
        assertNull(poll());
    }

    @Test
    void whereOrderMayBreakSeveralOfAKeyAreOnTheirWay() {
        Ready several = new Ready(2, destinations);
        Lanes loose = new Lanes(several);
        List<Entry> entries = IntStream.range(0, 4)
                .mapToObj(i -> add(loose, "a", State.COMMITTED))
                .toList();
        assertSame(entries.get(0), begin(loose, several));
        assertSame(entries.get(1), begin(loose, several));
        assertNull(begin(loose, several));

        entries.get(1).state = State.GONE;
        loose.delivered(entries.get(1));
        assertSame(entries.get(2), begin(loose, several));
        entries.get(0).state = State.COMMITTED;
        loose.committed(entries.get(0));
        entries.get(2).state = State.GONE;
        loose.delivered(entries.get(2));
        assertSame(entries.get(0), begin(loose, several), "after a failure those that have not begun wait");
        assertSame(entries.get(3), begin(loose, several));
    }

    private static @Nullable Entry begin(Lanes lanes, Ready ready) {
        Entry next = ready.peek();
        if (next != null) {
            ready.take(next);
            next.state = State.SENDING;
            lanes.began(next);
        }
        return next;
    }

    @Test
    void peekPassesOverWhatIsGone() {
        Entry gone = committed(null);
        Entry next = committed(null);
        gone.state = State.GONE;
        assertSame(next, ready.peek());
        assertSame(next, poll());
    }

    private @Nullable Entry poll() {
        Entry entry = ready.peek();
        if (entry != null) {
            ready.take(entry);
        }
        return entry;
    }

    private Entry committed(@Nullable String key) {
        return add(key, State.COMMITTED);
    }

    private Entry add(@Nullable String key, State state) {
        return add(lanes, key, state);
    }

    private Entry add(Lanes lanes, @Nullable String key, State state) {
        Destination topic = destinations.of("topic");
        destinations.open(topic);
        EventEnvelope event = Samples.event(key);
        Entry entry = Entry.pending(Samples.number(event), event, topic);
        entry.state = state;
        entry.mayGo = true;
        lanes.add(entry);
        return entry;
    }
}
