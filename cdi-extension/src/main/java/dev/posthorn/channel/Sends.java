package dev.posthorn.channel;

import dev.posthorn.channel.Entry.State;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel sends, and what comes of it: the view for those who talk to the transport. Guarded by the channel's monitor. */
public final class Sends {

    private final Channel channel;
    private final ChannelSettings settings;
    private final Stance stance;
    private final Candidates candidates;
    private final Ready ready;
    private final Lanes lanes;
    private final Turns turns;
    private final Flights flights;
    private final Failures failures;
    private final Holdings holdings;
    private final BrokerWatch broker;
    private final Marks marks;

    Sends(Channel channel) {
        this.channel = channel;
        this.settings = channel.settings;
        this.stance = channel.stance;
        this.candidates = channel.candidates;
        this.ready = channel.ready;
        this.lanes = channel.lanes;
        this.turns = channel.turns;
        this.flights = channel.flights;
        this.failures = channel.failures;
        this.holdings = channel.holdings;
        this.broker = channel.broker;
        this.marks = channel.marks();
    }

    /**
     * The next event to send, if one may be sent now: its send begins with this call. Nothing is sent while the store takes no
     * marks for long: what is delivered and not marked is in memory too.
     */
    public @Nullable Send next(long now) {
        synchronized (channel) {
            if (!stance.mayBegin() || flights.isFull() || holdings.unmarked() >= settings.maxEvents()) {
                return null;
            }
            Entry next = candidates.next(now);
            return next == null || !flights.hasRoomFor(next) ? null : begin(next, now);
        }
    }

    private Send begin(Entry entry, long now) {
        ready.take(entry);
        flights.begin(entry, broker.isPaused() || !entry.destination.isOpen(), now);
        lanes.began(entry);
        return new Send(entry);
    }

    /**
     * The broker has the event: also if the answer comes after the send was given up.
     *
     * @return whether there is something to be sent next
     */
    public boolean acknowledged(Send send) {
        synchronized (channel) {
            stance.taken();
            Entry entry = inMemory(send.entry());
            if (entry.state == State.GONE) {
                // Perhaps it is heard of twice: that says nothing of others.
                failures.answered();
                return false;
            }
            stance.delivered();
            failures.taken(entry, send.number());
            if (entry.state == State.SETTLED) {
                holdings.hold(entry);
            } else {
                holdings.delivered(entry);
            }
            entry.state = State.GONE;
            turns.delivered(entry);
            marks.add(entry);
            return candidates.mayBeThere();
        }
    }

    /** What was put away after a failure may have come back from the table since. */
    private Entry inMemory(Entry entry) {
        Entry again = entry.state == State.SETTLED ? holdings.entry(entry.event.id()) : null;
        return again == null ? entry : again;
    }

    /**
     * A first send failed. What that means, {@link Verdicts} says.
     *
     * @return whether the send was still under way
     */
    public boolean failed(Send send, Failure failure, Throwable error, long now) {
        synchronized (channel) {
            Entry entry = send.entry();
            if (entry.state != State.SENDING || !send.isLast()) {
                return false;
            }
            if (failures.failed(entry, failure, error, now)) {
                cancel();
            }
            return true;
        }
    }

    /** The sends that began too long ago: each is to be reported as {@link #failed}. */
    public List<Send> timedOut(long now) {
        synchronized (channel) {
            return flights.timedOut(now).stream().map(Send::new).toList();
        }
    }

    /** The next event for the retrier, whose attempts begin with this call. */
    public @Nullable Send nextRetry(long now) {
        synchronized (channel) {
            Entry next = failures.firstToRetry();
            if (next == null || stance.isSuspended()) {
                return null;
            }
            flights.beginRetry(next, now);
            return new Send(next);
        }
    }

    /** Whether this event is still to be retried: its answer may have come late, or it may have been forgotten. */
    public boolean isRetrying(Send send) {
        synchronized (channel) {
            return send.entry().state == State.RETRYING && send.isLast();
        }
    }

    /**
     * The retrier gave up on an event.
     *
     * @param answered whether the transport has answered. If it has not, nothing was sent again, and no attempt counts: the event waits in
     *     the table for a while
     * @return whether the broker seems to be away
     */
    public boolean retriesFailed(Send send, Failure failure, Throwable error, boolean answered, long now) {
        synchronized (channel) {
            Entry entry = send.entry();
            if (entry.state != State.RETRYING || !send.isLast()) {
                return false;
            }
            boolean away = failures.retriesFailed(entry, failure, error, answered, now);
            if (failure == Failure.CHANNEL) {
                cancel();
            }
            return away;
        }
    }

    private void cancel() {
        stance.cancel();
        channel.forgetMemory();
    }
}
