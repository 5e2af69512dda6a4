package dev.posthorn.relay;

import dev.posthorn.relay.Entry.State;
import dev.posthorn.relay.Intake.Mode;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Unsent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one channel knows of its unsent events, and what may happen to them next. Every method is one short step under the
 * channel's monitor; none does I/O. Times are readings of a monotonic clock, in nanoseconds.
 *
 * <p>How an event comes here is the matter of {@link Intake}, in which order it leaves that of {@link Lanes}.
 */
final class ChannelRelay {

    private final String name;
    private final RelaySettings settings;
    private final boolean announces;
    private final Lanes lanes = new Lanes();
    private final Intake intake;
    private final Health health;
    private final Set<Entry> sending = new LinkedHashSet<>();
    private final Set<Entry> delayed = new HashSet<>();
    private final ArrayDeque<Entry> retrying = new ArrayDeque<>();
    private final ArrayDeque<Delivered> delivered = new ArrayDeque<>();
    private long bytesInFlight;
    private long acknowledgements;
    private Node owner;
    private int epoch;

    /**
     * @param announces whether somebody wants to be told of delivered events
     * @param owner the node whose rows these are
     */
    ChannelRelay(String name, RelaySettings settings, boolean announces, Node owner) {
        this.owner = owner;
        this.name = name;
        this.settings = settings;
        this.announces = announces;
        this.health = new Health(settings.pauseMin(), settings.pauseMax());
        this.intake = new Intake(settings, lanes);
    }

    String name() {
        return name;
    }

    boolean keepsDelivered() {
        return settings.keepsDelivered();
    }

    // --- the transaction's side

    /** Notes events that have just been stored in a transaction that has not ended. */
    synchronized Ticket ticket(Node storedFor, List<EventEnvelope> events) {
        return storedFor.equals(owner) ? intake.ticket(this, events) : intake.ticketOfTable(this);
    }

    synchronized void committed(Ticket ticket) {
        intake.committed(ticket);
    }

    synchronized void rolledBack(Ticket ticket) {
        intake.rolledBack(ticket);
    }

    /** Nobody knows how the transaction ended: if its rows show up in the table, they are sent. */
    synchronized void unknown(Ticket ticket) {
        intake.unknown(ticket);
    }

    // --- sending

    /** The next event to send, if one may be sent now: its send begins with this call. */
    synchronized @Nullable Send nextSend(long now) {
        if (health.isPaused() ? !probeMayBegin(now) : sending.size() >= settings.maxInFlight()) {
            return null;
        }
        Entry next = lanes.peek();
        if (next == null || (!sending.isEmpty() && bytesInFlight + next.size() > settings.maxInFlightBytes())) {
            return null;
        }
        lanes.poll();
        begin(next, State.SENDING, now);
        sending.add(next);
        bytesInFlight += next.size();
        return new Send(this, next, next.send);
    }

    private boolean probeMayBegin(long now) {
        return health.probeIsDue(now) && sending.isEmpty() && retrying.isEmpty();
    }

    /**
     * The broker has the event: also if the answer comes after the send was given up.
     *
     * @return whether there is an event to be sent next
     */
    synchronized boolean acknowledged(Send send) {
        acknowledgements++;
        health.resume();
        Entry entry = send.entry();
        if (entry.state == State.GONE) {
            return false;
        }
        leaveSending(entry);
        delayed.remove(entry);
        retrying.remove(entry);
        entry.state = State.GONE;
        lanes.remove(entry);
        intake.free(entry);
        delivered.add(new Delivered(entry.event.id(), announces ? entry.event.info() : null, entry.attempts));
        return lanes.peek() != null;
    }

    /**
     * A first send failed. If another event was acknowledged meanwhile, this one has a problem of its own; otherwise the broker may
     * be away: the channel pauses, and this one is the first probe. Either way it is the retrier's.
     */
    synchronized void failed(Send send, long now) {
        Entry entry = send.entry();
        if (entry.state != State.SENDING || entry.send != send.number()) {
            return;
        }
        leaveSending(entry);
        if (isOwnFault(entry)) {
            retry(entry);
            return;
        }
        entry.suspect = true;
        boolean knownToBeAway = health.isPaused();
        if (!knownToBeAway || entry.probe) {
            health.pause(now);
        }
        if (knownToBeAway) {
            sendAgain(entry);
        } else {
            retry(entry);
        }
    }

    private boolean isOwnFault(Entry entry) {
        return acknowledgements > entry.acknowledgedBefore;
    }

    private void retry(Entry entry) {
        entry.state = State.RETRYING;
        retrying.add(entry);
    }

    /** The sends that began too long ago: each is to be reported as {@link #failed}. */
    synchronized List<Send> timedOut(long now) {
        List<Send> late = new ArrayList<>();
        for (Entry entry : sending) {
            if (now - entry.since < settings.sendTimeout().toNanos()) {
                break;
            }
            late.add(new Send(this, entry, entry.send));
        }
        return late;
    }

    // --- retrying

    /** The next event for the retrier, whose attempts begin with this call. */
    synchronized @Nullable Send nextRetry(long now) {
        Entry next = retrying.peek();
        if (next == null) {
            return null;
        }
        begin(next, State.RETRYING, now);
        return new Send(this, next, next.send);
    }

    /**
     * The retrier gave up on an event.
     *
     * @return the failure to count, or null if it says something of the broker but nothing of this event
     */
    synchronized @Nullable CountedFailure retriesFailed(Send send, Throwable error, long now) {
        Entry entry = send.entry();
        if (entry.state != State.RETRYING || entry.send != send.number()) {
            return null;
        }
        retrying.remove(entry);
        if (!isOwnFault(entry)) {
            entry.suspect = true;
            health.pause(now);
            sendAgain(entry);
            retrying.forEach(this::sendAgain);
            retrying.clear();
            return null;
        }
        entry.suspect = false;
        entry.attempts++;
        entry.state = State.DELAYED;
        entry.since = now + delay(entry.attempts);
        delayed.add(entry);
        return new CountedFailure(entry.event, entry.attempts, error);
    }

    private long delay(int attempts) {
        long first = settings.retryDelay().toNanos();
        long max = settings.retryDelayMax().toNanos();
        int doublings = attempts - 1;
        return doublings >= Long.numberOfLeadingZeros(first) - 1 ? max : Math.min(first << doublings, max);
    }

    /** Lets delayed events whose time has come have their turn. */
    synchronized void wakeDelayed(long now) {
        delayed.removeIf(entry -> {
            boolean due = now - entry.since >= 0;
            if (due) {
                sendAgain(entry);
            }
            return due;
        });
    }

    // --- marking

    /** Delivered events that the store does not know of yet; they stay here until {@link #marked} or {@link #unmarked}. */
    synchronized Batch nextMarks() {
        List<Delivered> events = new ArrayList<>(Math.min(delivered.size(), settings.markBatch()));
        while (events.size() < settings.markBatch() && !delivered.isEmpty()) {
            events.add(delivered.poll());
        }
        return new Batch(epoch, events);
    }

    synchronized void marked(Batch batch) {
        if (batch.epoch() == epoch) {
            batch.events().forEach(each -> intake.forget(each.id()));
        }
    }

    /** The store did not answer: the batch is to be marked later. */
    synchronized void unmarked(Batch batch) {
        if (batch.epoch() == epoch) {
            delivered.addAll(batch.events());
        }
    }

    // --- reading the table

    /** Whether the table is to be looked at even if nothing else asks for it. */
    synchronized void wantRead() {
        intake.wantRead();
    }

    synchronized boolean wantsRead() {
        return intake.wantsRead();
    }

    synchronized @Nullable Read nextRead() {
        return intake.nextRead();
    }

    synchronized void readAnswered(Read read, Unsent answer, long now) {
        intake.readAnswered(read, answer, now);
    }

    synchronized void readFailed(Read read) {
        intake.readFailed(read);
    }

    /** What waits for somebody to finish must not wait for ever. */
    synchronized void checkPatience(long now) {
        intake.checkPatience(now);
    }

    // --- all of it

    /** Forgets every event, as a node must that goes on as another one: the table knows them, and who owns them. */
    synchronized void forgetAll(Node newOwner) {
        owner = newOwner;
        epoch++;
        sending.clear();
        delayed.clear();
        retrying.clear();
        delivered.clear();
        bytesInFlight = 0;
        intake.forgetAll();
    }

    synchronized boolean hasWork() {
        return !intake.inHand().isEmpty();
    }

    synchronized Load load() {
        return new Load(intake.mode(), intake.events(), intake.bytes(), sending.size(), intake.unmarked());
    }

    private void begin(Entry entry, State state, long now) {
        entry.state = state;
        entry.since = now;
        entry.send++;
        entry.probe = health.isPaused();
        if (!entry.suspect) {
            entry.acknowledgedBefore = acknowledgements;
        }
    }

    private void leaveSending(Entry entry) {
        if (sending.remove(entry)) {
            bytesInFlight -= entry.size();
        }
    }

    private void sendAgain(Entry entry) {
        entry.state = State.COMMITTED;
        lanes.committed(entry);
    }

    /** The ids of all events this channel has in hand, for {@link dev.posthorn.spi.EventStore#unsent}. */
    Set<UUID> inHand() {
        return intake.inHand();
    }

    /**
     * How full the channel is.
     *
     * @param events how many undelivered events it holds, and {@code bytes} of their data
     * @param unmarked how many delivered events the store does not know of yet
     */
    record Load(Mode mode, int events, long bytes, int inFlight, int unmarked) {}

    /** A send under way. */
    record Send(ChannelRelay channel, Entry entry, int number) {
        EventEnvelope event() {
            return entry.event;
        }
    }

    /**
     * Delivered events that are being marked.
     *
     * @param epoch how often everything has been forgotten before; what was begun earlier is of no interest later
     */
    record Batch(int epoch, List<Delivered> events) {}

    /**
     * A read of the table under way.
     *
     * @param number tells it from all others of its channel
     */
    record Read(int number, int maxEvents, long maxBytes, boolean endsCatchingUp) {}

    /** A failure that counts against an event. */
    record CountedFailure(EventEnvelope event, int attempts, Throwable error) {}
}
