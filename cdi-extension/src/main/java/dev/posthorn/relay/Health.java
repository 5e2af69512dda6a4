package dev.posthorn.relay;

import java.time.Duration;

/**
 * Whether a channel's broker answers. While it does not, one event at a time is sent as a probe, ever more rarely. Guarded by the
 * channel's monitor.
 */
final class Health {

    private final long pauseMin;
    private final long pauseMax;
    private boolean paused;
    private long pause;
    private long probeAt;

    Health(Duration pauseMin, Duration pauseMax) {
        this.pauseMin = pauseMin.toNanos();
        this.pauseMax = pauseMax.toNanos();
    }

    boolean isPaused() {
        return paused;
    }

    boolean probeIsDue(long now) {
        return paused && now - probeAt >= 0;
    }

    /** There was a sign of the broker's absence: the next probe is due after a pause, twice as long as the last one. */
    void pause(long now) {
        pause = paused ? Math.min(pause * 2, pauseMax) : pauseMin;
        paused = true;
        probeAt = now + pause;
    }

    void resume() {
        paused = false;
    }
}
