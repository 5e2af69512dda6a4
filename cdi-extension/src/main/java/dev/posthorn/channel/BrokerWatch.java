package dev.posthorn.channel;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a channel's broker answers. While it does not, one event at a time is sent as a probe, ever more rarely, and to another
 * topic each time, since it may be a topic that is missing. Guarded by the channel's monitor.
 */
final class BrokerWatch {

    private final long pauseMin;
    private final long pauseMax;
    private final Set<String> probedTopics = new HashSet<>();
    private boolean paused;
    private long pause;
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

    /** There was a sign of the broker's absence: the next probe is due after a pause, twice as long as the last one. */
    void pause(long now) {
        pause = paused ? Math.min(pause * 2, pauseMax) : pauseMin;
        paused = true;
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
        probedTopics.clear();
    }

    /** Whether a probe of this topic would say something new. */
    boolean isNew(String topic) {
        return !probedTopics.contains(topic);
    }

    void probes(String topic) {
        if (!probedTopics.add(topic)) {
            // All have had their turn.
            probedTopics.clear();
            probedTopics.add(topic);
        }
    }

    /** How many signs of the broker's absence there were since it last answered. */
    int failures() {
        return failures;
    }
}
