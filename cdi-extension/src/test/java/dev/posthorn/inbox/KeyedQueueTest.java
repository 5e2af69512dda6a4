package dev.posthorn.inbox;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeyedQueueTest {

    private final KeyedQueue queue = new KeyedQueue();
    private final Task first = add("first", "key");
    private final Task second = add("second", "key");

    private Task add(String name, String key) {
        Task task = SampleTask.of(name, key);
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
        Task other = add("other", "other key");
        Task free = SampleTask.of("free", null);
        Task alsoFree = SampleTask.of("also free", null);
        queue.add(free);
        queue.add(alsoFree);
        assertSame(first, queue.take());
        assertSame(other, queue.take());
        assertSame(free, queue.take());
        assertSame(alsoFree, queue.take());
        assertNull(queue.take());
    }

    @Test
    void whatIsToRunAgainKeepsItsKeyAndComesBeforeAllOthers() {
        Task other = add("other", "other key");
        queue.take();
        queue.again(first);
        assertSame(first, queue.take());
        assertSame(other, queue.take());
        assertNull(queue.take());
    }

    @Test
    void aKeyThatWasDoneBeginsAnew() {
        queue.done(requireNonNull(queue.take()));
        queue.done(requireNonNull(queue.take()));
        Task third = add("third", "key");
        assertSame(third, queue.take());
    }

    @Test
    void whatComesWhileTheLastOfItsKeyRunsIsBehindIt() {
        queue.done(requireNonNull(queue.take()));
        assertSame(second, queue.take());
        Task third = add("third", "key");
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
