package dev.posthorn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final Executor threads = task -> new Thread(task, "bounded").start();

    @Test
    void workThatIsDoneInTimeIsDone() {
        CountDownLatch done = new CountDownLatch(1);

        assertTrue(Bounded.run(threads, LONG, done::countDown));

        assertEquals(0, done.getCount());
    }

    @Test
    void workThatHangsIsNotWaitedForAndNotInterrupted() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);

        assertFalse(Bounded.run(threads, Duration.ofMillis(10), () -> {
            await(answer);
            done.countDown();
        }));

        answer.countDown();
        done.await();
    }

    @Test
    void whatItThrowsComesOut() {
        IllegalArgumentException failure = new IllegalArgumentException("no");

        Exception thrown = assertThrows(
                IllegalStateException.class,
                () -> Bounded.run(threads, LONG, () -> {
                    throw failure;
                }));

        assertSame(failure, thrown.getCause());
    }

    @Test
    void withoutAnotherThreadItIsDoneOnThisOne() {
        Thread[] by = new Thread[1];
        Executor none = task -> {
            throw new RejectedExecutionException("stopping");
        };

        assertTrue(Bounded.run(none, LONG, () -> by[0] = Thread.currentThread()));

        assertSame(Thread.currentThread(), by[0]);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
