package dev.posthorn.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final int PIECES = 4000;
    private static final int PIECE = 100_000;

    private static volatile byte[] last;

    @Test
    void countsWhatCollectionsHaveFreed() throws InterruptedException {
        try (Allocation allocation = new Allocation()) {
            long before = allocation.bytes();
            long collections = GarbageCollections.count();
            for (int i = 0; i < PIECES; i++) {
                last = new byte[PIECE];
                if (i % 1000 == 500) {
                    System.gc();
                }
            }
            long allocated = allocation.bytes() - before;

            assertTrue(GarbageCollections.count() - collections >= 4);
            assertEquals(1, (double) allocated / ((long) PIECES * PIECE), 0.25);
        }
    }
}
