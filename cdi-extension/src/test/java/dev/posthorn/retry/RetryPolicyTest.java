package dev.posthorn.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final UUID EVENT = UUID.randomUUID();

    @Test
    void delaysDoubleUpToTheLongest() {
        RetryPolicy policy = new RetryPolicy(10, MINUTE, MINUTE.multipliedBy(6), 0);
        List<Long> minutes = IntStream.rangeClosed(1, 5)
                .mapToObj(attempts -> policy.delayAfter(attempts, EVENT).toMinutes())
                .toList();
        assertEquals(List.of(1L, 2L, 4L, 6L, 6L), minutes);
        assertEquals(6, policy.delayAfter(1000, EVENT).toMinutes());
    }

    @Test
    void jitterSpreadsEvenlyAroundTheDelay() {
        RetryPolicy policy = new RetryPolicy(10, MINUTE, MINUTE, 0.5);
        double[] seconds = IntStream.range(0, 1000)
                .mapToDouble(i -> policy.delayAfter(1, UUID.randomUUID()).toMillis() / 1000.0)
                .toArray();
        for (double each : seconds) {
            assertTrue(each >= 30 && each <= 90, "outside: " + each);
        }
        double mean =
                IntStream.range(0, 1000).mapToDouble(i -> seconds[i]).average().orElseThrow();
        assertTrue(mean > 55 && mean < 65, "not around the delay: " + mean);
    }

    @Test
    void theLastAttemptIsTheLast() {
        RetryPolicy policy = new RetryPolicy(3, MINUTE, MINUTE, 0);
        assertFalse(policy.isLast(2));
        assertTrue(policy.isLast(3));
    }
}
