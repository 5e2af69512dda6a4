package dev.posthorn.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A channel has threads and room of its own: whatever its handlers do, others go on. */
class IndependentChannelsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final SampleInbox sample = new SampleInbox(threads, 3, "hanging", "healthy");

    @BeforeAll
    static void silenceTheLog() {
        InboxSimulation.silenceTheLog();
    }

    @AfterEach
    void endAll() {
        gate.countDown();
        threads.shutdownNow();
    }

    @Test
    void whatIsDueOnAChannelWhoseHandlersHangHidesNothingOfAnother() {
        sample.type.handling = event -> {
            if (event.id().startsWith("hangs")) {
                hanging.incrementAndGet();
                gate.await();
            }
        };
        for (int i = 0; i < 300; i++) {
            sample.due("hanging", "hangs " + i);
        }
        await().untilAsserted(() -> {
            sample.inbox.pulse();
            assertEquals(SampleInbox.PARALLELISM, hanging.get());
        });
        for (int i = 0; i < 20; i++) {
            sample.inbox.pulse();
        }

        sample.due("healthy", "one");
        await().untilAsserted(() -> {
            sample.inbox.pulse();
            assertEquals(List.of("finish one"), sample.store.told);
        });
        gate.countDown();
        await().untilAsserted(() -> {
            sample.inbox.pulse();
            assertTrue(sample.store.entries.isEmpty());
        });
    }

    /** One look into the table finds as many as there is room for; the next one comes when half of them are done, not with the pulse. */
    @Test
    void aBacklogIsHandledWithoutWaitingForThePulse() {
        for (int i = 0; i < 300; i++) {
            sample.due("healthy", "event " + i);
        }
        sample.inbox.pulse();
        await().untilAsserted(() -> assertTrue(sample.store.entries.isEmpty()));
    }

    @Test
    void whoInterruptsTheStopNeedNotWaitForIt() {
        sample.type.handling = event -> {
            hanging.incrementAndGet();
            gate.await();
        };
        sample.arrive("hanging", "hangs", null);
        await().untilAsserted(() -> assertEquals(1, hanging.get()));

        Thread.currentThread().interrupt();
        long begun = System.nanoTime();
        assertFalse(sample.inbox.close(Duration.ofMinutes(10)));
        assertTrue(Thread.interrupted(), "the flag is kept");
        assertTrue(System.nanoTime() - begun < Duration.ofMinutes(1).toNanos());
    }
}
