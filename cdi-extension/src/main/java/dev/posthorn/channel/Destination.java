package dev.posthorn.channel;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one destination of a channel, such as a topic. It is <em>open</em> as soon as it has taken an event: then its events go
 * like all others. Before that, and after a failure that may be its own, they are set aside, and one at a time is tried. Guarded by
 * the channel's monitor.
 */
final class Destination {

    private static final int MOST_REMEMBERED = 100;

    final String topic;

    /** Its events that could be sent if it were open. */
    final Set<Entry> aside = new LinkedHashSet<>();

    /** Its events in memory. */
    int entries;

    /** Those of them that are on their way, or being retried. */
    int underWay;

    /** The number of its last send, and of the last one of those that it has taken. */
    long lastSend;

    long lastTaken;

    /** The number of its last send when it last began to take events. */
    long openedAt;

    /** The number of the last event that was tried of those in the table. */
    long triedTo;

    /** When one of its events was last read so that it could be tried. */
    long readAt;

    /** How often the end of the table was found since one of them was. */
    int ends;

    /** As of which change of the table it has no other event than the one that was read; 0 if it has, or nobody knows. */
    int onlyOneAsOf;

    private boolean open;

    /** How often it has failed since it last took an event, and since it was last tried as if it never had. */
    private int failures;

    private int recentFailures;

    /** Whether it is the destination that fails, for sure, and not perhaps the broker. */
    private boolean refuses;

    private boolean passedOver;
    private @Nullable Long firstFailed;
    private boolean severalFailed;
    private @Nullable Throwable error;

    /** Whether an operator knows that it takes nothing. */
    private boolean announced;

    private long since;
    private long pause;
    private long tryAt;

    /** The numbers of events that were tried and left to the table again, with that of their first send: when they come back, that counts. */
    private final Map<Long, Long> tried = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Destination(String topic) {
        this.topic = topic;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether a send has failed since it last took an event. */
    boolean hasFailed() {
        return recentFailures > 0;
    }

    boolean refuses() {
        return refuses;
    }

    boolean isAnnounced() {
        return announced;
    }

    /** What an operator is to hear: not of what a first failure made believe. */
    @Nullable
    DestinationChange pollChange() {
        boolean isHeld = refuses && failures > 1;
        if (isHeld == announced) {
            return null;
        }
        announced = isHeld;
        return new DestinationChange(topic, isHeld ? error : null);
    }

    /** Whether there are events that wait for it. */
    boolean isWaitedFor() {
        return entries > 0 || passedOver;
    }

    boolean isPassedOver() {
        return passedOver;
    }

    void passOver(boolean wanted) {
        passedOver = wanted;
        triedTo = 0;
    }

    /** When it is to be tried again. */
    long tryAt() {
        return tryAt;
    }

    /** Since when it has failed. */
    long since() {
        return since;
    }

    HeldDestination held() {
        return new HeldDestination(topic, since, error);
    }

    void open() {
        open = true;
        openedAt = lastSend;
        refuses = false;
        failures = 0;
        recentFailures = 0;
        firstFailed = null;
        severalFailed = false;
        error = null;
    }

    /** It may be tried at once, as if it never had been. */
    void tryAgain() {
        recentFailures = 0;
        pause = 0;
    }

    /** One of its events could not be sent. */
    void failed(Entry entry, Throwable why) {
        if (firstFailed == null) {
            firstFailed = entry.seq;
        }
        severalFailed |= !firstFailed.equals(entry.seq);
        error = why;
    }

    /** It goes back to the table. */
    void remember(Entry entry) {
        if (entry.suspect) {
            tried.put(entry.seq, entry.firstSend);
        }
    }

    /** It comes from the table, perhaps once more. */
    void recall(Entry entry) {
        Long firstSend = tried.isEmpty() ? null : tried.remove(entry.seq);
        if (firstSend != null) {
            entry.suspect = true;
            entry.firstSend = firstSend;
        }
    }

    /** Whether no other event than this one has failed since it last took one. */
    boolean hasOnlyFailedWith(Entry entry) {
        return !severalFailed && (firstFailed == null || firstFailed.equals(entry.seq));
    }

    /** Its next event has to wait for as long as it takes to know more of it. */
    void close(long now) {
        open = false;
        tryAt = now;
    }

    /** It has not taken an event: the next one is tried after a pause, twice as long as the last one. */
    void hold(long now, long pauseMin, long pauseMax) {
        if (failures == 0) {
            since = now;
        }
        failures++;
        recentFailures++;
        open = false;
        pause = pause == 0 ? pauseMin : Math.min(pause * 2, pauseMax);
        tryAt = now + pause;
    }

    void refuse() {
        refuses = true;
    }

    /** Whether nothing would be lost with it but the knowledge that it takes events. */
    boolean isIdle() {
        return entries == 0 && underWay == 0 && !passedOver && !announced;
    }
}
