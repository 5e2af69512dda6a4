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
        Entry again = entry.state == State.SETTLED ? holdings.entry(entry.seq) : null;
        return again == null ? entry : again;
    }

    /** The event was not handed over: the transport still has it from an earlier send, and this one waits for the answer to that. */
    public void sharesAnswer(Send send, Send earlier) {
        synchronized (channel) {
            send.entry().handed = earlier.number();
        }
    }

    /** The retrier has handed the event to the transport once more. */
    public void handed(Send retry) {
        synchronized (channel) {
            if (retry.isLast()) {
                Flights.handed(retry.entry());
            }
        }
    }

    /**
     * A first send failed, or one that was not answered in time. What that means, {@link Verdicts} says.
     *
     * @return whether the answer was still awaited
     */
    public boolean failed(Send send, Failure failure, Throwable error, long now) {
        synchronized (channel) {
            if (!isUnderWay(send) && !isUnanswered(send)) {
                return false;
            }
            if (failures.failed(send.entry(), failure, error, now)) {
                cancel();
            }
            return true;
        }
    }

    /**
     * A first send has not been answered in time.
     *
     * @return whether the send was still under way
     */
    public boolean notAnswered(Send send, Failure failure, Throwable error, long now) {
        synchronized (channel) {
            if (!isUnderWay(send)) {
                return false;
            }
            if (failures.notAnswered(send.entry(), failure, error, now)) {
                cancel();
            }
            return true;
        }
    }

    private static boolean isUnderWay(Send send) {
        return send.entry().state == State.SENDING && send.isLast();
    }

    /** Whether the event waits for nothing but the answer to this send. */
    public boolean isUnanswered(Send send) {
        synchronized (channel) {
            return send.entry().state == State.UNANSWERED && send.entry().awaited == send.number();
        }
    }

    /** The sends that began too long ago: each is to be reported as {@link #notAnswered}. */
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
     * @param answered whether the transport has answered. If it has not, no attempt counts: the event waits for the answer
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
