package dev.posthorn.relay;

import dev.posthorn.relay.Entry.State;
import dev.posthorn.relay.Turns.Question;
import dev.posthorn.relay.Turns.Shelving;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one channel knows of its unsent events, and what may happen to them next. Every method is one short step under the
 * channel's monitor; none does I/O. Times are readings of a monotonic clock, in nanoseconds.
 *
 * <p>How an event comes here is the matter of {@link Intake}, in which order it leaves that of {@link Lanes} and {@link Turns}, what
 * waits in the table for its time that of {@link Shelves}.
 */
final class ChannelRelay {

    /** The retrier takes its time for each event. When more than this many wait for it, the table takes over from there. */
    private static final int MOST_RETRYING = 16;

    /** After so many failed probes memory is not all that is probed. */
    private static final int PATIENCE = 10;

    private static final int PUT_AWAY = 100;

    /** What is put away stays away for ever more pauses, or it would come back before others have had their chance. */
    private static final int MOST_PAUSES = 10;

    private final String name;
    private final RelaySettings settings;
    private final boolean announces;
    private final Lanes lanes;
    private final Intake intake;
    private final Turns turns;
    private final Shelves shelves = new Shelves();
    private final Health health;
    private final Retreat retreat;
    private final Set<Entry> sending = new LinkedHashSet<>();
    private final ArrayDeque<Entry> retrying = new ArrayDeque<>();
    private final ArrayDeque<Settlement> settlements = new ArrayDeque<>();
    private final ArrayDeque<Delivered> delivered = new ArrayDeque<>();
    private long bytesInFlight;
    private long acknowledgements;
    private boolean suspended;
    private boolean cancelled;
    private boolean mustGiveUp;
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
        this.retreat = new Retreat(settings.giveUpAfter());
        this.lanes = new Lanes(settings.maxInFlightPerKey());
        this.intake = new Intake(settings, lanes);
        this.turns = new Turns(lanes, intake);
    }

    String name() {
        return name;
    }

    boolean keepsDelivered() {
        return settings.keepsDelivered();
    }

    // --- the transaction's side

    /** Notes events that have just been stored in a transaction that has not ended. */
    synchronized Ticket ticket(Node storedFor, List<EventEnvelope> events, long now) {
        return storedFor.equals(owner) && !isLeftToOthers()
                ? intake.ticket(this, events, now)
                : intake.ticketOfTable(this, now);
    }

    synchronized void committed(Ticket ticket) {
        intake.committed(ticket);
        mustGiveUp |= cancelled;
    }

    synchronized void rolledBack(Ticket ticket) {
        intake.rolledBack(ticket);
    }

    /** Nobody knows how the transaction ended: if its rows show up in the table, they are sent. */
    synchronized void unknown(Ticket ticket) {
        intake.unknown(ticket);
        mustGiveUp |= cancelled;
    }

    /** A transaction that does not end must not block its keys for ever. */
    synchronized void forgetOldTickets(long now) {
        intake.forgetOldTickets(now);
    }

    // --- whose turn it is

    /** What the store is to be asked before more can be sent. */
    synchronized @Nullable Question nextQuestion(long now) {
        return mayBegin() ? turns.next(now) : null;
    }

    synchronized void answered(Question question, Map<UUID, Turn> answer, long now) {
        shelves.add(turns.answered(question, answer, now), now);
    }

    /** The store did not answer. */
    synchronized void unanswered(Question question) {
        turns.failed(question);
    }

    /** How long until the store is to be asked again, in nanoseconds; 0 if there is nothing to ask. */
    synchronized long untilNextQuestion(long now) {
        return health.isPaused() || suspended ? 0 : lanes.untilNextAsking(now);
    }

    // --- sending

    /**
     * The next event to send, if one may be sent now: its send begins with this call. Nothing is sent while the store takes no
     * marks for long: what is delivered and not marked is in memory too.
     */
    synchronized @Nullable Send nextSend(long now) {
        if (health.isPaused() ? !probeMayBegin(now) : !mayBegin() || sending.size() >= settings.maxInFlight()) {
            return null;
        }
        Entry next = health.isPaused() ? probe() : lanes.peek();
        if (next == null
                || intake.unmarked() >= settings.maxEvents()
                || (!sending.isEmpty() && bytesInFlight + next.size() > settings.maxInFlightBytes())) {
            return null;
        }
        lanes.take(next);
        begin(next, State.SENDING, now);
        lanes.began(next);
        if (next.probe) {
            health.probes(next.event.topic());
        }
        sending.add(next);
        bytesInFlight += next.size();
        return new Send(this, next, next.send);
    }

    private @Nullable Entry probe() {
        return lanes.prefer(entry -> health.isNew(entry.event.topic()));
    }

    private boolean mayBegin() {
        return !suspended && !isLeftToOthers();
    }

    private boolean probeMayBegin(long now) {
        return mayBegin() && health.probeIsDue(now) && sending.isEmpty() && retrying.isEmpty();
    }

    /**
     * The broker has the event: also if the answer comes after the send was given up.
     *
     * @return whether there is something to be sent next
     */
    synchronized boolean acknowledged(Send send) {
        acknowledgements++;
        resume();
        Entry entry = inMemory(send.entry());
        if (entry.state == State.GONE) {
            return false;
        }
        if (entry.state == State.SETTLED) {
            intake.hold(entry);
        } else {
            leaveSending(entry);
            retrying.remove(entry);
            intake.delivered(entry);
        }
        entry.state = State.GONE;
        turns.delivered(entry);
        EventEnvelope event = entry.event;
        delivered.add(new Delivered(event.id(), event.orderKey(), announces ? event.info() : null, entry.attempts));
        return lanes.hasTurns();
    }

    /** What was put away after a failure may have come back from the table since. */
    private Entry inMemory(Entry entry) {
        Entry again = entry.state == State.SETTLED ? intake.entry(entry.event.id()) : null;
        return again == null ? entry : again;
    }

    /** What waited through a pause, which may have been long, may have been given up by an operator meanwhile. */
    private void resume() {
        if (health.isPaused()) {
            intake.askAgain();
        }
        health.resume();
        retreat.end();
    }

    /**
     * A first send failed. Where that says nothing for sure, what happened meanwhile decides: if another event was acknowledged,
     * this one has a problem of its own, and is the retrier's; otherwise the broker may be away, the channel pauses, and this one
     * is the first probe.
     */
    synchronized void failed(Send send, Failure failure, Throwable error, long now) {
        Entry entry = send.entry();
        if (entry.state != State.SENDING || entry.send != send.number()) {
            return;
        }
        leaveSending(entry);
        if (isDecided(entry, failure, error)) {
            return;
        }
        if (mayBeTheBrokers(entry, failure)) {
            brokerMayBeAway(entry, error, now);
        } else if (retrying.size() < MOST_RETRYING) {
            retry(entry);
        } else {
            settle(entry, error, false);
        }
    }

    /** Does what follows from a failure whose meaning is sure, if it is. */
    private boolean isDecided(Entry entry, Failure failure, Throwable error) {
        switch (failure) {
            case CHANNEL -> cancel();
            case HOPELESS -> settle(entry, error, true);
            case EVENT -> settle(entry, error, false);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether a failure says nothing of this event for sure: then it does not count. */
    private boolean mayBeTheBrokers(Entry entry, Failure failure) {
        if (failure == Failure.BROKER) {
            return true;
        }
        if (isOwnFault(entry)) {
            return false;
        }
        entry.suspect = true;
        return true;
    }

    private void brokerMayBeAway(Entry entry, Throwable error, long now) {
        boolean knownToBeAway = health.isPaused();
        if (!knownToBeAway || entry.probe) {
            health.pause(now);
        }
        if (knownToBeAway) {
            sendAgain(entry);
        } else {
            retry(entry);
        }
        if (health.failures() > PATIENCE && intake.isStarved()) {
            lanes.some(PUT_AWAY).forEach(each -> putAway(each, error));
        }
    }

    /** Perhaps it is not the broker, but all that is in memory: others get a chance. That is no attempt to count. */
    private void putAway(Entry entry, Throwable error) {
        entry.state = State.SETTLING;
        int pauses = Math.min(MOST_PAUSES, health.failures() - PATIENCE);
        settlements.add(
                new Settlement(entry, entry.attempts, error, settings.pauseMax().multipliedBy(pauses), false));
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
        if (next == null || suspended) {
            return null;
        }
        begin(next, State.RETRYING, now);
        return new Send(this, next, next.send);
    }

    /**
     * The retrier gave up on an event.
     *
     * @return whether the broker seems to be away
     */
    synchronized boolean retriesFailed(Send send, Failure failure, Throwable error, long now) {
        Entry entry = send.entry();
        if (entry.state != State.RETRYING || entry.send != send.number()) {
            return false;
        }
        retrying.remove(entry);
        if (isDecided(entry, failure, error)) {
            return false;
        }
        if (mayBeTheBrokers(entry, failure)) {
            pauseAll(entry, now);
            return true;
        }
        settle(entry, error, false);
        return false;
    }

    private void pauseAll(Entry entry, long now) {
        health.pause(now);
        sendAgain(entry);
        retrying.forEach(this::sendAgain);
        retrying.clear();
    }

    // --- counted failures

    private void settle(Entry entry, Throwable error, boolean hopeless) {
        entry.suspect = false;
        entry.attempts++;
        entry.state = State.SETTLING;
        RetryPolicy policy = settings.retryOf(entry.event.type());
        boolean dead = hopeless || policy.isLast(entry.attempts);
        Duration delay = dead ? null : policy.delayAfter(entry.attempts, entry.event.id());
        settlements.add(new Settlement(entry, entry.attempts, error, delay, true));
    }

    /** A counted failure that the store is to know of. */
    synchronized @Nullable Settlement nextSettlement() {
        Settlement next = settlements.poll();
        while (next != null && next.entry().state != State.SETTLING) {
            next = settlements.poll();
        }
        return next;
    }

    synchronized void settled(Settlement settlement, long now) {
        Entry entry = settlement.entry();
        if (entry.state == State.SETTLING) {
            intake.leave(entry);
            entry.state = State.SETTLED;
            if (settlement.delay() != null) {
                shelves.delayed(now, settlement.delay());
            }
        }
    }

    /** The store did not answer: it is to be told later. */
    synchronized void unsettled(Settlement settlement) {
        settlements.addFirst(settlement);
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

    /** @return whether something could not be sent before that */
    synchronized boolean marked(Batch batch, long now) {
        if (batch.epoch() != epoch) {
            return false;
        }
        boolean wasFull = intake.unmarked() >= settings.maxEvents();
        for (Delivered each : batch.events()) {
            intake.forget(each.id());
            turns.marked(each);
            letOthersGoOn(each, now);
        }
        return wasFull && lanes.hasTurns();
    }

    private void letOthersGoOn(Delivered event, long now) {
        String key = event.orderKey();
        if (key == null) {
            return;
        }
        if (event.attempts() > 0) {
            shelves.mayGoOn(key, now);
        } else {
            shelves.mayGoOnIfWaiting(key, now);
        }
    }

    /** The store did not answer: the batch is to be marked later. */
    synchronized void unmarked(Batch batch) {
        if (batch.epoch() == epoch) {
            delivered.addAll(batch.events());
        }
    }

    // --- the table

    /** Whether there is something to write to the table or to read from it. */
    synchronized boolean wantsTable(long now) {
        if (isLeftToOthers()) {
            return mustGiveUp && isQuiet();
        }
        return !settlements.isEmpty()
                || shelves.hasNext()
                || shelves.isDue(now)
                || shelves.hasKeysToLookAt(now)
                || intake.wantsRead();
    }

    /** Whatever the table may have for this channel is to be looked for. */
    synchronized void lookEverywhere() {
        intake.wantRead();
        shelves.askForAll();
        mustGiveUp |= isLeftToOthers();
    }

    synchronized void wantRead() {
        intake.wantRead();
    }

    synchronized @Nullable Read nextRead() {
        return isLeftToOthers() ? null : intake.nextRead();
    }

    synchronized void readAnswered(Read read, Unsent answer) {
        intake.readAnswered(read, answer);
    }

    synchronized void readFailed(Read read) {
        intake.readFailed(read);
    }

    /** The next key whose events are to be put away. */
    synchronized @Nullable Shelving nextShelving() {
        return shelves.next();
    }

    /** The rows of this key have been put away, or not: what is here of it may go on. */
    synchronized void shelved(String key) {
        lanes.restIsOver(key);
    }

    /** What of this key must not be put away. */
    synchronized Set<UUID> notToShelve(String key) {
        return turns.notToShelve(key);
    }

    /** Whether to ask for events whose delay is over. */
    synchronized boolean takeDue(long now) {
        return shelves.takeDue(now);
    }

    /** Whether to ask which keys have waiting events; it is asked for once. */
    synchronized boolean takeSearch() {
        return shelves.takeSearch();
    }

    /** There may be more of them. */
    synchronized void moreIsDue() {
        shelves.askForDue();
    }

    /** Keys whose waiting events may have their turn. */
    synchronized List<String> keysToLookAt(long now) {
        return shelves.keysToLookAt(now);
    }

    /** What waited may be unsent again: in these keys, of which some still have waiting events. */
    synchronized void released(Collection<String> lookedAt, Set<String> still, long now) {
        shelves.released(lookedAt, still, now);
        intake.wantRead();
    }

    /** Something has happened in this key that others may have waited for. */
    synchronized void mayGoOn(String key, long now) {
        shelves.mayGoOn(key, now);
    }

    // --- all of it

    /** An operator wants nothing to be sent, or has changed his mind. */
    synchronized void suspend(boolean wanted) {
        if (suspended && !wanted) {
            intake.askAgain();
        }
        suspended = wanted;
    }

    /** Nothing can be sent here any more: other nodes may. */
    private void cancel() {
        cancelled = true;
        mustGiveUp = true;
        forgetMemory();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Whether the events of this node are to be given up to others; it is asked for once. */
    synchronized boolean takeGiveUp() {
        boolean wanted = isLeftToOthers() && mustGiveUp && isQuiet();
        if (wanted) {
            forgetMemory();
            mustGiveUp = false;
        }
        return wanted;
    }

    // --- other nodes

    /** Whether this node sends what it has of this channel, as far as it knows. */
    synchronized boolean delivers() {
        return acknowledgements > 0 && mayBegin() && !health.isPaused();
    }

    /** Whether it matters if other nodes deliver on this channel. */
    synchronized boolean asksForOthers() {
        return !cancelled && retreat.isInQuestion(health);
    }

    /** Leaves the events of this channel to other nodes, if they deliver and it fails here, or tries again. */
    synchronized Retreat.Step look(boolean othersDeliver, long now) {
        Retreat.Step step = retreat.look(othersDeliver, health, now);
        if (step == Retreat.Step.RETURN) {
            health.probeNow(now);
            lookEverywhere();
        }
        // What is committed here meanwhile is others' as well.
        mustGiveUp |= retreat.isLeft();
        return step;
    }

    /** Whether nothing of this node is to be sent here. */
    synchronized boolean isLeftToOthers() {
        return cancelled || retreat.isLeft();
    }

    /** Whether this node is to look for events that it does not have. */
    synchronized boolean takesMore() {
        return !cancelled && !retreat.keepsOff();
    }

    /** Whether the table may say of all that is here whose it is. What was cancelled never answers. */
    private boolean isQuiet() {
        return cancelled
                || (sending.isEmpty() && retrying.isEmpty() && settlements.isEmpty() && intake.unmarked() == 0);
    }

    /** Forgets every event, as a node must that goes on as another one: the table knows them, and who owns them. */
    synchronized void forgetAll(Node newOwner) {
        owner = newOwner;
        forgetMemory();
        epoch++;
        delivered.clear();
        turns.forgetAll();
        intake.forgetAll();
    }

    private void forgetMemory() {
        sending.clear();
        retrying.clear();
        settlements.clear();
        shelves.forgetAll();
        lanes.restIsOver();
        bytesInFlight = 0;
        intake.forgetEntries();
    }

    /** Whether something is on its way, or delivered and not marked. What waits for a broker that is away does not count. */
    synchronized boolean hasWork() {
        boolean sends = mayBegin() && !health.isPaused();
        return intake.unmarked() > 0 || !sending.isEmpty() || (sends && intake.events() > 0);
    }

    synchronized ChannelStatus status() {
        return new ChannelStatus(
                intake.mode(),
                intake.events(),
                intake.bytes(),
                sending.size(),
                intake.unmarked(),
                health.isPaused(),
                suspended,
                cancelled,
                retreat.isLeft());
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
     * @param after the number of the last event that was read before, if nothing before that need be looked for; else 0
     */
    record Read(int number, long after, int maxEvents, long maxBytes) {

        boolean isFromStart() {
            return after == 0;
        }
    }

    /**
     * A failure after which an event leaves memory.
     *
     * @param delay until the next attempt; null if there is none
     * @param counts whether it counts against the event
     */
    record Settlement(Entry entry, int attempts, Throwable error, @Nullable Duration delay, boolean counts) {
        EventEnvelope event() {
            return entry.event;
        }
    }
}
