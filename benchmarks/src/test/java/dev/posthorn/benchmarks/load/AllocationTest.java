package dev.posthorn.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final int PIECES = 4000;
    private static final int PIECE = 100_000;

    private static volatile byte[] last;

    @Test
    void countsWhatIsGarbage() {
        Allocation allocation = new Allocation();
        long before = allocation.bytes();

        allocate();
        System.gc();

        assertAllocated(1, allocation.bytes() - before);
    }

    @Test
    void countsAllThreadsAndNothingTwice() throws InterruptedException {
        CountDownLatch allocated = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        Allocation allocation = new Allocation();
        long before = allocation.bytes();

        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                allocate();
                allocated.countDown();
                await(go);
            });
            thread.start();
        }
        allocated.await();

        assertAllocated(2, allocation.bytes() - before);
        assertAllocated(2, allocation.bytes() - before);
        go.countDown();
        assertAllocated(2, allocation.bytes() - before);
    }

    private static void allocate() {
        for (int i = 0; i < PIECES; i++) {
            last = new byte[PIECE];
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertAllocated(int times, long bytes) {
        assertEquals(times, (double) bytes / ((long) PIECES * PIECE), 0.05);
    }
}
