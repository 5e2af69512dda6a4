package dev.posthorn.channel;

import dev.posthorn.channel.Entry.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sends under way, against how many there may be. Guarded by the channel's monitor. */
final class Flights {

    private final ChannelSettings settings;

    /** Oldest first. */
    private final Set<Entry> sending = new LinkedHashSet<>();

    private long bytes;
    private long sends;

    /** The one that is to find out whether its destination, or the broker, takes anything. */
    private @Nullable Entry probe;

    Flights(ChannelSettings settings) {
        this.settings = settings;
    }

    boolean isFull() {
        return sending.size() >= settings.maxInFlight();
    }

    /** A large event travels alone. */
    boolean hasRoomFor(Entry entry) {
        return sending.isEmpty() || bytes + entry.size() <= settings.maxInFlightBytes();
    }

    boolean isEmpty() {
        return sending.isEmpty();
    }

    int size() {
        return sending.size();
    }

    boolean isProbing() {
        return probe != null;
    }

    void begin(Entry entry, boolean asProbe, long now) {
        number(entry, State.SENDING, now);
        handed(entry);
        sending.add(entry);
        bytes += entry.size();
        entry.destination.underWay++;
        if (asProbe) {
            probe = entry;
        }
    }

    /** The retrier's sends have their numbers too. */
    void beginRetry(Entry entry, long now) {
        number(entry, State.RETRYING, now);
    }

    /** The transport has it, as far as can be known. */
    static void handed(Entry entry) {
        entry.handed = entry.send;
        entry.awaited = entry.send;
    }

    private void number(Entry entry, State state, long now) {
        entry.state = state;
        entry.since = now;
        entry.retried = state == State.RETRYING;
        entry.send = ++sends;
        entry.destination.lastSend = sends;
        if (!entry.suspect) {
            entry.firstSend = sends;
        }
    }

    /** @return whether it was a probe */
    boolean end(Entry entry) {
        if (sending.remove(entry)) {
            bytes -= entry.size();
            entry.destination.underWay--;
        }
        boolean wasProbe = probe == entry;
        if (wasProbe) {
            probe = null;
        }
        return wasProbe;
    }

    /** Those that began too long ago. */
    List<Entry> timedOut(long now) {
        List<Entry> late = new ArrayList<>();
        for (Entry entry : sending) {
            if (now - entry.since < settings.sendTimeout().toNanos()) {
                break;
            }
            late.add(entry);
        }
        return late;
    }

    void forgetAll() {
        sending.clear();
        bytes = 0;
        probe = null;
    }
}
