package dev.posthorn.benchmarks.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** How much the threads of this JVM have allocated on its heap, by what it counts for each; for all together a JDK 17 has no number. */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Map<Long, Long> ofThreads = Map.of();
    private long bytes;

    /** What the current thread has allocated since it began. */
    static long ofCurrentThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Up to now; of a thread that has ended, what it had allocated when this was called before. */
    public synchronized long bytes() {
        long[] threads = THREADS.getAllThreadIds();
        long[] allocated = THREADS.getThreadAllocatedBytes(threads);
        Map<Long, Long> alive = new HashMap<>();
        for (int i = 0; i < threads.length; i++) {
            // Less than nothing: it has just ended.
            if (allocated[i] >= 0) {
                bytes += allocated[i] - ofThreads.getOrDefault(threads[i], 0L);
                alive.put(threads[i], allocated[i]);
            }
        }
        ofThreads = alive;
        return bytes;
    }
}
