package dev.posthorn.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The destinations of a channel. Those that are not open are tried one after the other: a client may send all events of a channel on one
 * thread, which a missing topic holds up for as long as the client waits for it. Guarded by the channel's monitor.
 */
final class Destinations {

    /** What is idle and beyond this is forgotten, and no more than this are passed over in the table. */
    private static final int MOST = 10_000;

    /** Probes of destinations that refuse everything take at most a tenth of the time. */
    private static final int REST = 9;

    /** So long an event that was read to be tried may wait for its turn. */
    private static final long PATIENCE = Duration.ofSeconds(6).toNanos();

    private final long pauseMin;
    private final long pauseMax;
    private final Map<String, Destination> all = new HashMap<>();
    private final Set<Destination> closed = new LinkedHashSet<>();
    private final Set<Destination> reopened = new LinkedHashSet<>();
    private Set<String> passedOver = Set.of();
    private int mostKnown = MOST;

    /** Until then none is probed that refuses everything. */
    private long restUntil;

    private boolean resting;

    /** Whether some have failed, though perhaps for the broker's sake. */
    private boolean doubts;

    /** Whether nothing is to be tried, until something changes or {@code idleUntil}, if that is known. */
    private boolean idle;

    private @Nullable Long idleUntil;

    Destinations(Duration pauseMin, Duration pauseMax) {
        this.pauseMin = pauseMin.toNanos();
        this.pauseMax = pauseMax.toNanos();
    }

    Destination of(String topic) {
        Destination known = all.get(topic);
        return known != null ? known : add(new Destination(topic));
    }

    private Destination add(Destination destination) {
        if (all.size() >= mostKnown) {
            forgetIdle();
        }
        all.put(destination.topic, destination);
        closed.add(destination);
        return destination;
    }

    private void forgetIdle() {
        all.values().removeIf(each -> each.isIdle() && !each.hasFailed());
        if (all.size() >= MOST) {
            all.values().removeIf(Destination::isIdle);
        }
        closed.retainAll(Set.copyOf(all.values()));
        mostKnown = Math.max(MOST, 2 * all.size());
    }

    /** Something may be tried that could not be before. */
    void changed() {
        idle = false;
    }

    // --- what is tried next

    /** One that is not open and whose turn it is to be tried, with an event that could be sent; the last try is longest ago. */
    @Nullable
    Destination toTry(long now, Ready ready) {
        return isIdle(now)
                ? null
                : longestAgo(each -> isDue(each, now) && each.underWay == 0 && ready.hasAside(each), now, ready);
    }

    /** The same for one none of whose events is in memory. */
    @Nullable
    Destination toRead(long now, Ready ready) {
        return passedOver.isEmpty() || isIdle(now)
                ? null
                : longestAgo(each -> isDue(each, now) && isToRead(each, now, ready), now, ready);
    }

    /** Cheap, and perhaps only for a moment. */
    boolean mayHaveSomethingToTry() {
        return !closed.isEmpty() && !idle;
    }

    /** The one whose last try is longest ago, whenever that was; {@code untried} if only those matter that have not failed. */
    @Nullable
    Destination toProbe(boolean untried, Ready ready) {
        return longestAgo(
                each -> (!untried || !each.hasFailed()) && each.underWay == 0 && ready.hasAside(each), closed);
    }

    @Nullable
    Destination toReadForProbe(long now, Ready ready) {
        return passedOver.isEmpty() ? null : longestAgo(each -> isToRead(each, now, ready), closed);
    }

    /** None of its events is in memory; or what is has had its time, and something is in its way. */
    private static boolean isToRead(Destination destination, long now, Ready ready) {
        return destination.isPassedOver()
                && destination.underWay == 0
                && (now - destination.readAt > PATIENCE
                        ? !ready.hasAside(destination)
                        : destination.entries == 0 && destination.ends < 2);
    }

    private @Nullable Destination longestAgo(Predicate<Destination> fits, long now, Ready ready) {
        Destination found = longestAgo(fits, closed);
        if (found == null) {
            rest(now, ready);
        }
        return found;
    }

    private static @Nullable Destination longestAgo(Predicate<Destination> fits, Collection<Destination> among) {
        Destination found = null;
        for (Destination each : among) {
            if ((found == null || each.lastSend < found.lastSend) && fits.test(each)) {
                found = each;
            }
        }
        return found;
    }

    private boolean isIdle(long now) {
        return closed.isEmpty() || (idle && (idleUntil == null || now - idleUntil < 0));
    }

    /** Those that can be tried are looked at again when the first of them is due. */
    private void rest(long now, Ready ready) {
        Long least = null;
        for (Destination each : closed) {
            if (isToRead(each, now, ready) || (each.underWay == 0 && ready.hasAside(each))) {
                if (isDue(each, now)) {
                    return;
                }
                least = earlier(least, dueAt(each));
            } else if (each.isPassedOver() && each.underWay == 0) {
                least = earlier(least, each.readAt + PATIENCE + 1);
            }
        }
        idle = true;
        idleUntil = least;
    }

    private static long earlier(@Nullable Long least, long at) {
        return least == null || at - least < 0 ? at : least;
    }

    private boolean isDue(Destination destination, long now) {
        return !destination.hasFailed() || now - dueAt(destination) >= 0;
    }

    private long dueAt(Destination destination) {
        boolean waits = destination.refuses() && resting && restUntil - destination.tryAt() > 0;
        return waits ? restUntil : destination.tryAt();
    }

    // --- what is known

    /** It has taken an event. */
    void open(Destination destination) {
        closed.remove(destination);
        if (destination.isAnnounced()) {
            reopened.add(destination);
        }
        destination.open();
        changed();
    }

    /** Its next event is tried alone. */
    void close(Destination destination, long now) {
        destination.close(now);
        closed.add(destination);
        changed();
    }

    /**
     * It has not taken an event.
     *
     * @param took how long the send has occupied the channel alone
     */
    void hold(Destination destination, boolean forSure, long took, long now) {
        destination.hold(now, pauseMin, pauseMax);
        closed.add(destination);
        if (forSure) {
            destination.refuse();
        }
        doubts |= !destination.refuses();
        if (destination.refuses() && took > 0) {
            resting = true;
            restUntil = now + REST * took;
        }
        changed();
    }

    boolean hasDoubts() {
        return doubts;
    }

    /** The broker answers: those that may have failed because it did not are tried again at once, unless one of their events is. */
    List<Destination> tryAgain() {
        List<Destination> doubted = closed.stream()
                .filter(each -> each.hasFailed() && !each.refuses() && each.underWay == 0)
                .toList();
        doubted.forEach(Destination::tryAgain);
        doubts = false;
        changed();
        return doubted;
    }

    /** Whether there is another one that has not failed and has something to send. */
    boolean offersAnother(Destination failed) {
        return all.values().stream().anyMatch(each -> each != failed && !each.hasFailed() && each.entries > 0);
    }

    // --- what is left to the table

    /** The topics whose events are not to be read. */
    Set<String> passedOver() {
        return passedOver;
    }

    /** Whether events in memory are of destinations that have failed: others may need the room. */
    boolean canMakeRoom(boolean forSure) {
        return passedOver.size() < MOST && closed.stream().anyMatch(each -> isInTheWay(each, forSure));
    }

    /** From now on what has failed is passed over. */
    void makeRoom(boolean forSure) {
        for (Destination each : closed) {
            if (isInTheWay(each, forSure)) {
                each.passOver(true);
            }
        }
        whatIsPassedOverHasChanged();
    }

    private static boolean isInTheWay(Destination destination, boolean forSure) {
        boolean failed = forSure ? destination.refuses() : destination.hasFailed();
        return failed && !destination.isPassedOver() && destination.entries > destination.underWay;
    }

    /** Its events are to be read again. */
    void readAgain(Destination destination) {
        destination.passOver(false);
        whatIsPassedOverHasChanged();
    }

    private void whatIsPassedOverHasChanged() {
        passedOver = all.values().stream()
                .filter(Destination::isPassedOver)
                .map(each -> each.topic)
                .collect(Collectors.toUnmodifiableSet());
        changed();
    }

    // --- all of it

    void forgetAll() {
        all.clear();
        closed.clear();
        reopened.clear();
        passedOver = Set.of();
        resting = false;
        doubts = false;
        changed();
    }

    // --- for operators

    /** Those that take nothing, with the one that has done so for longest first. */
    List<HeldDestination> held() {
        return closed.stream()
                .filter(each -> each.refuses() && each.isWaitedFor())
                .sorted(Comparator.comparingLong(Destination::since))
                .map(Destination::held)
                .toList();
    }

    /** Of those that take nothing, and of those that do again. */
    List<DestinationChange> pollChanges() {
        List<DestinationChange> changes = new ArrayList<>();
        for (Destination each : closed) {
            add(changes, each);
        }
        reopened.forEach(each -> add(changes, each));
        reopened.clear();
        return changes;
    }

    private static void add(List<DestinationChange> changes, Destination destination) {
        DestinationChange change = destination.pollChange();
        if (change != null) {
            changes.add(change);
        }
    }
}
