package dev.posthorn.channel;

import java.time.Duration;

/**
 * Whether a channel's broker answers. While it does not, one event at a time is sent as a probe, ever more rarely, but soon to a destination
 * that has not been tried since: it may be the others that take nothing. Guarded by the channel's monitor.
 */
final class BrokerWatch {

    private final long pauseMin;
    private final long pauseMax;
    private boolean paused;
    private long pause;
    private long lastSign;
    private long probeAt;
    private int failures;

    BrokerWatch(Duration pauseMin, Duration pauseMax) {
        this.pauseMin = pauseMin.toNanos();
        this.pauseMax = pauseMax.toNanos();
    }

    boolean isPaused() {
        return paused;
    }

    boolean probeIsDue(long now) {
        return paused && now - probeAt >= 0;
    }

    /** Whether a destination may be tried that has not failed. */
    boolean newProbeIsDue(long now) {
        return paused && (now - probeAt >= 0 || now - lastSign >= pauseMin);
    }

    /** There was a sign of the broker's absence: the next probe is due after a pause, twice as long as the last one. */
    void pause(long now) {
        pause = paused ? Math.min(pause * 2, pauseMax) : pauseMin;
        paused = true;
        lastSign = now;
        probeAt = now + pause;
        failures++;
    }

    /** The next probe is due at once, but nothing is known yet. */
    void probeNow(long now) {
        probeAt = now;
    }

    void resume() {
        paused = false;
        failures = 0;
    }

    /** How many signs of the broker's absence there were since it last answered. */
    int failures() {
        return failures;
    }
}
