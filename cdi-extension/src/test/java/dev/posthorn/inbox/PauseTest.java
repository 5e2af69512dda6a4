package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseTest {

    /** A monotonic clock may be about to overflow. */
    private long now = Long.MAX_VALUE - 1000;

    private final Pause pause = new Pause(() -> now);

    @Test
    void beginsOffAndEndsByItself() {
        assertFalse(pause.isOn());
        pause.begin();
        assertLasts(500);
    }

    @Test
    void isLongerWithEachFailureInARowUpToABound() {
        for (int millis : new int[] {500, 1000, 2000, 4000, 8000, 10_000, 10_000}) {
            pause.begin();
            assertLasts(millis);
        }
    }

    @Test
    void severalFailuresTogetherAreOne() {
        pause.begin();
        pause.begin();
        pause.begin();
        assertLasts(500);
        pause.begin();
        assertLasts(1000);
    }

    @Test
    void endsAndIsShortAgainWhenTheStoreHasAnswered() {
        pause.begin();
        assertLasts(500);
        pause.begin();
        pause.isOver();
        assertFalse(pause.isOn());
        pause.begin();
        assertLasts(500);
    }

    private void assertLasts(int millis) {
        now += Duration.ofMillis(millis).toNanos() - 1;
        assertTrue(pause.isOn());
        now++;
        assertFalse(pause.isOn());
    }
}
