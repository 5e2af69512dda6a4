package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedQueueTest {

    private long now = Long.MAX_VALUE - 5;

    private final KeyedQueue queue = new KeyedQueue(() -> now);
    private final RepeatableTask first = add("first", "key");
    private final RepeatableTask second = add("second", "key");

    private RepeatableTask add(String name, @Nullable String key) {
        RepeatableTask task = new RepeatableTask(SampleTask.of(name, key), () -> now);
        queue.add(task);
        return task;
    }

    @Test
    void oneOfAKeyHasItsTurnAtATime() {
        assertSame(first, queue.take());
        assertNull(queue.take());
        queue.done(first);
        assertSame(second, queue.take());
    }

    @Test
    void thoseOfOtherKeysAndWithoutKeyHaveTheirTurnAtOnce() {
        RepeatableTask other = add("other", "other key");
        RepeatableTask free = add("free", null);
        RepeatableTask alsoFree = add("also free", null);
        assertSame(first, queue.take());
        assertSame(other, queue.take());
        assertSame(free, queue.take());
        assertSame(alsoFree, queue.take());
        assertNull(queue.take());
    }

    @Test
    void whatIsToRunAgainLaterKeepsItsKeyAndComesBeforeAllOthersWhenItsTimeHasCome() {
        queue.take();
        queue.later(first, now + 10);
        assertNull(queue.take());
        RepeatableTask other = add("other", "other key");
        assertSame(other, queue.take());
        RepeatableTask late = add("late", null);
        now += 9;
        assertSame(late, queue.take());
        assertFalse(queue.hasReady());
        assertFalse(queue.isEmpty());
        add("later", null);
        now++;
        assertSame(first, queue.take());
    }

    @Test
    void thoseThatRestComeBackEachAtItsOwnTime() {
        queue.take();
        RepeatableTask other = add("other", null);
        queue.take();
        queue.later(first, now + 20);
        queue.later(other, now + 10);
        now += 10;
        assertSame(other, queue.take());
        assertNull(queue.take());
        now += 10;
        assertSame(first, queue.take());
    }

    @Test
    void aKeyThatWasDoneBeginsAnew() {
        queue.done(requireNonNull(queue.take()));
        queue.done(requireNonNull(queue.take()));
        RepeatableTask third = add("third", "key");
        assertSame(third, queue.take());
    }

    @Test
    void whatComesWhileTheLastOfItsKeyRunsIsBehindIt() {
        queue.done(requireNonNull(queue.take()));
        assertSame(second, queue.take());
        RepeatableTask third = add("third", "key");
        assertNull(queue.take());
        queue.done(second);
        assertSame(third, queue.take());
    }

    @Test
    void isEmptyWhenNothingRunsAndNothingWaits() {
        assertTrue(queue.hasReady());
        queue.take();
        assertFalse(queue.hasReady());
        assertFalse(queue.isEmpty());
        queue.done(first);
        assertTrue(queue.hasReady());
        queue.done(requireNonNull(queue.take()));
        assertTrue(queue.isEmpty());
    }
}
