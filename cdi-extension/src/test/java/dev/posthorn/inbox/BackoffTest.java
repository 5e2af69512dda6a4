package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    /** A monotonic clock may be about to overflow. */
    private long now = Long.MAX_VALUE - 1000;

    private final Backoff backoff = new Backoff(() -> now);

    @Test
    void beginsOffAndEndsByItself() {
        assertFalse(backoff.isOn());
        backoff.begin();
        assertLasts(500);
    }

    @Test
    void isLongerWithEachFailureInARowUpToABound() {
        for (int millis : new int[] {500, 1000, 2000, 4000, 8000, 10_000, 10_000}) {
            backoff.begin();
            assertLasts(millis);
        }
    }

    @Test
    void severalFailuresTogetherAreOne() {
        backoff.begin();
        backoff.begin();
        backoff.begin();
        assertLasts(500);
        backoff.begin();
        assertLasts(1000);
    }

    @Test
    void endsAndIsShortAgainWhenTheStoreHasAnswered() {
        backoff.begin();
        assertLasts(500);
        backoff.begin();
        backoff.end();
        assertFalse(backoff.isOn());
        backoff.begin();
        assertLasts(500);
    }

    private void assertLasts(int millis) {
        now += Duration.ofMillis(millis).toNanos() - 1;
        assertTrue(backoff.isOn());
        now++;
        assertFalse(backoff.isOn());
    }
}
