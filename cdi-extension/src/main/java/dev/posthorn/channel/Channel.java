package dev.posthorn.channel;

import dev.posthorn.channel.Entry.State;
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
public final class Channel {

    /** The retrier takes its time for each event. When more than this many wait for it, the table takes over from there. */
    private static final int MOST_RETRYING = 16;

    /** After so many failed probes memory is not all that is probed. */
    private static final int PATIENCE = 10;

    private static final int PUT_AWAY = 100;

    /** What is put away stays away for ever more pauses, or it would come back before others have had their chance. */
    private static final int MOST_PAUSES = 10;

    private final String name;
    private final ChannelSettings settings;
    private final boolean announces;
    private final Lanes lanes;
    private final Intake intake;
    private final Turns turns;
    private final Shelves shelves = new Shelves();
    private final BrokerWatch broker;
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
    public Channel(String name, ChannelSettings settings, boolean announces, Node owner) {
        this.owner = owner;
        this.name = name;
        this.settings = settings;
        this.announces = announces;
        this.broker = new BrokerWatch(settings.pauseMin(), settings.pauseMax());
        this.retreat = new Retreat(settings.giveUpAfter());
        this.lanes = new Lanes(settings.maxInFlightPerKey());
        this.intake = new Intake(settings, lanes);
        this.turns = new Turns(lanes, intake);
    }

    public String name() {
        return name;
    }

    public boolean keepsDelivered() {
        return settings.keepsDelivered();
    }

    // --- the transaction's side

    /** Notes events that have just been stored in a transaction that has not ended. */
    public synchronized Ticket ticket(Node storedFor, List<EventEnvelope> events, long now) {
        return storedFor.equals(owner) && !isLeftToOthers()
                ? intake.ticket(this, events, now)
                : intake.ticketOfTable(this, now);
    }

    public synchronized void committed(Ticket ticket) {
        intake.committed(ticket);
        mustGiveUp |= cancelled;
    }

    public synchronized void rolledBack(Ticket ticket) {
        intake.rolledBack(ticket);
    }

    /** Nobody knows how the transaction ended: if its rows show up in the table, they are sent. */
    public synchronized void unknown(Ticket ticket) {
        intake.unknown(ticket);
        mustGiveUp |= cancelled;
    }

    /** A transaction that does not end must not block its keys for ever. */
    public synchronized void forgetOldTickets(long now) {
        intake.forgetOldTickets(now);
    }

    // --- whose turn it is

    /** What the store is to be asked before more can be sent. */
    public synchronized @Nullable Question nextQuestion(long now) {
        return mayBegin() ? turns.next(now) : null;
    }

    public synchronized void answered(Question question, Map<UUID, Turn> answer, long now) {
        shelves.add(turns.answered(question, answer, now), now);
    }

    /** The store did not answer. */
    public synchronized void unanswered(Question question) {
        turns.failed(question);
    }

    /** How long until the store is to be asked again, in nanoseconds; 0 if there is nothing to ask. */
    public synchronized long untilNextQuestion(long now) {
        return broker.isPaused() || suspended ? 0 : lanes.untilNextAsking(now);
    }

    // --- sending

    /**
     * The next event to send, if one may be sent now: its send begins with this call. Nothing is sent while the store takes no
     * marks for long: what is delivered and not marked is in memory too.
     */
    public synchronized @Nullable Send nextSend(long now) {
        if (broker.isPaused() ? !probeMayBegin(now) : !mayBegin() || sending.size() >= settings.maxInFlight()) {
            return null;
        }
        Entry next = broker.isPaused() ? probe() : lanes.peek();
        if (next == null
                || intake.unmarked() >= settings.maxEvents()
                || (!sending.isEmpty() && bytesInFlight + next.size() > settings.maxInFlightBytes())) {
            return null;
        }
        lanes.take(next);
        begin(next, State.SENDING, now);
        lanes.began(next);
        if (next.probe) {
            broker.probes(next.event.topic());
        }
        sending.add(next);
        bytesInFlight += next.size();
        return new Send(this, next);
    }

    private @Nullable Entry probe() {
        return lanes.prefer(entry -> broker.isNew(entry.event.topic()));
    }

    private boolean mayBegin() {
        return !suspended && !isLeftToOthers();
    }

    private boolean probeMayBegin(long now) {
        return mayBegin() && broker.probeIsDue(now) && sending.isEmpty() && retrying.isEmpty();
    }

    /**
     * The broker has the event: also if the answer comes after the send was given up.
     *
     * @return whether there is something to be sent next
     */
    public synchronized boolean acknowledged(Send send) {
        resume();
        Entry entry = inMemory(send.entry());
        if (entry.state == State.GONE) {
            // Perhaps it is heard of twice: that says nothing of others.
            return false;
        }
        acknowledgements++;
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
        if (broker.isPaused()) {
            intake.askAgain();
        }
        broker.resume();
        retreat.end();
    }

    /**
     * A first send failed. Where that says nothing for sure, what happened meanwhile decides: if another event was acknowledged,
     * this one has a problem of its own, and is the retrier's; otherwise the broker may be away, the channel pauses, and this one
     * is the first probe.
     *
     * @return whether the send was still under way
     */
    public synchronized boolean failed(Send send, Failure failure, Throwable error, long now) {
        Entry entry = send.entry();
        if (entry.state != State.SENDING || !send.isLast()) {
            return false;
        }
        leaveSending(entry);
        if (!isDecided(entry, failure, error)) {
            consider(entry, failure, error, now);
        }
        return true;
    }

    private void consider(Entry entry, Failure failure, Throwable error, long now) {
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
        if (failure == Failure.BROKER || failure == Failure.DESTINATION) {
            return true;
        }
        if (isOwnFault(entry)) {
            return false;
        }
        entry.suspect = true;
        return true;
    }

    private void brokerMayBeAway(Entry entry, Throwable error, long now) {
        boolean knownToBeAway = broker.isPaused();
        if (!knownToBeAway || entry.probe) {
            broker.pause(now);
        }
        if (knownToBeAway) {
            sendAgain(entry);
        } else {
            retry(entry);
        }
        if (broker.failures() > PATIENCE && intake.isStarved()) {
            lanes.some(PUT_AWAY).forEach(each -> putAway(each, error));
        }
    }

    /** Perhaps it is not the broker, but all that is in memory: others get a chance. That is no attempt to count. */
    private void putAway(Entry entry, Throwable error) {
        int pauses = Math.min(MOST_PAUSES, broker.failures() - PATIENCE);
        putAway(entry, error, settings.pauseMax().multipliedBy(pauses));
    }

    private void putAway(Entry entry, Throwable error, Duration delay) {
        entry.state = State.SETTLING;
        settlements.add(new Settlement(entry, error, delay, false));
    }

    private boolean isOwnFault(Entry entry) {
        return acknowledgements > entry.acknowledgedBefore;
    }

    private void retry(Entry entry) {
        entry.state = State.RETRYING;
        retrying.add(entry);
    }

    /** The sends that began too long ago: each is to be reported as {@link #failed}. */
    public synchronized List<Send> timedOut(long now) {
        List<Send> late = new ArrayList<>();
        for (Entry entry : sending) {
            if (now - entry.since < settings.sendTimeout().toNanos()) {
                break;
            }
            late.add(new Send(this, entry));
        }
        return late;
    }

    // --- retrying

    /** The next event for the retrier, whose attempts begin with this call. */
    public synchronized @Nullable Send nextRetry(long now) {
        Entry next = retrying.peek();
        if (next == null || suspended) {
            return null;
        }
        begin(next, State.RETRYING, now);
        return new Send(this, next);
    }

    /** Whether this event is still to be retried: its answer may have come late, or it may have been forgotten. */
    public synchronized boolean isRetrying(Send send) {
        return send.entry().state == State.RETRYING && send.isLast();
    }

    /**
     * The retrier gave up on an event.
     *
     * @param answered whether the transport has answered. If it has not, nothing was sent again, and no attempt counts: the event waits in
     *     the table for a while
     * @return whether the broker seems to be away
     */
    public synchronized boolean retriesFailed(Send send, Failure failure, Throwable error, boolean answered, long now) {
        Entry entry = send.entry();
        if (entry.state != State.RETRYING || !send.isLast()) {
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
        if (answered) {
            settle(entry, error, false);
        } else {
            putAway(entry, error, settings.sendTimeout());
        }
        return false;
    }

    private void pauseAll(Entry entry, long now) {
        broker.pause(now);
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
        settlements.add(new Settlement(entry, error, delay, true));
    }

    /** A counted failure that the store is to know of. */
    public synchronized @Nullable Settlement nextSettlement() {
        Settlement next = settlements.poll();
        while (next != null && next.entry().state != State.SETTLING) {
            next = settlements.poll();
        }
        return next;
    }

    public synchronized void settled(Settlement settlement, long now) {
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
    public synchronized void unsettled(Settlement settlement) {
        settlements.addFirst(settlement);
    }

    // --- marking

    /** Delivered events that the store does not know of yet; they stay here until {@link #marked} or {@link #unmarked}. */
    public synchronized MarkBatch nextMarks() {
        List<Delivered> events = new ArrayList<>(Math.min(delivered.size(), settings.markBatch()));
        while (events.size() < settings.markBatch() && !delivered.isEmpty()) {
            events.add(delivered.poll());
        }
        return new MarkBatch(epoch, events);
    }

    /** @return whether something could not be sent before that */
    public synchronized boolean marked(MarkBatch batch, long now) {
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
            shelves.revisit(key, now);
        } else {
            shelves.revisitIfWaiting(key, now);
        }
    }

    /** The store did not answer: the batch is to be marked later. */
    public synchronized void unmarked(MarkBatch batch) {
        if (batch.epoch() == epoch) {
            delivered.addAll(batch.events());
        }
    }

    // --- the table

    /** Whether there is something to write to the table or to read from it. */
    public synchronized boolean wantsTable(long now) {
        if (isLeftToOthers()) {
            return mustGiveUp && isQuiet();
        }
        return !settlements.isEmpty()
                || shelves.hasNext()
                || shelves.isDue(now)
                || shelves.hasKeysToRevisit(now)
                || intake.wantsRead();
    }

    /** Whatever the table may have for this channel is to be looked for. */
    public synchronized void rescan() {
        intake.wantRead();
        shelves.askForAll();
        mustGiveUp |= isLeftToOthers();
    }

    public synchronized void wantRead() {
        intake.wantRead();
    }

    public synchronized @Nullable Read nextRead() {
        return isLeftToOthers() ? null : intake.nextRead();
    }

    public synchronized void readAnswered(Read read, Unsent answer) {
        intake.readAnswered(read, answer);
    }

    public synchronized void readFailed(Read read) {
        intake.readFailed(read);
    }

    /** The next key whose events are to be put away. */
    public synchronized @Nullable Shelving nextShelving() {
        return shelves.next();
    }

    /** The rows of this key have been put away, or not: what is here of it may go on. */
    public synchronized void shelved(String key) {
        lanes.restIsOver(key);
    }

    /** What of this key must not be put away. */
    public synchronized Set<UUID> notToShelve(String key) {
        return turns.notToShelve(key);
    }

    /** Whether to ask for events whose delay is over. */
    public synchronized boolean pollDue(long now) {
        return shelves.pollDue(now);
    }

    /** Behind which key to look for those that have waiting events, if they are to be looked for. */
    public synchronized @Nullable String nextSearch() {
        return shelves.nextSearch();
    }

    /** @param last the last key of a page of them; null if there are no more */
    public synchronized void searched(@Nullable String last) {
        shelves.searched(last);
    }

    /** There may be more of them. */
    public synchronized void moreIsDue() {
        shelves.askForDue();
    }

    /** Keys whose waiting events may have their turn. */
    public synchronized List<String> keysToRevisit(long now) {
        return shelves.keysToRevisit(now);
    }

    /** What waited may be unsent again: in these keys, of which some still have waiting events. */
    public synchronized void released(Collection<String> lookedAt, Set<String> still, long now) {
        shelves.released(lookedAt, still, now);
        intake.wantRead();
    }

    /** Something has happened in this key that others may have waited for. */
    public synchronized void revisit(String key, long now) {
        shelves.revisit(key, now);
    }

    // --- all of it

    /** An operator wants nothing to be sent, or has changed his mind. */
    public synchronized void suspend(boolean wanted) {
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

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Whether the events of this node are to be given up to others; it is asked for once. */
    public synchronized boolean pollGiveUp() {
        boolean wanted = isLeftToOthers() && mustGiveUp && isQuiet();
        if (wanted) {
            forgetMemory();
            mustGiveUp = false;
        }
        return wanted;
    }

    // --- other nodes

    /** Whether this node sends what it has of this channel, as far as it knows. */
    public synchronized boolean delivers() {
        return acknowledgements > 0 && mayBegin() && !broker.isPaused();
    }

    /** Whether it matters if other nodes deliver on this channel. */
    public synchronized boolean asksForOthers() {
        return !cancelled && retreat.isInQuestion(broker);
    }

    /** Leaves the events of this channel to other nodes, if they deliver and it fails here, or tries again. */
    public synchronized RetreatStep considerOthers(boolean othersDeliver, long now) {
        RetreatStep step = retreat.look(othersDeliver, broker, now);
        if (step == RetreatStep.RETURN) {
            broker.probeNow(now);
            rescan();
        }
        // What is committed here meanwhile is others' as well.
        mustGiveUp |= retreat.isLeft();
        return step;
    }

    /** Whether nothing of this node is to be sent here. */
    public synchronized boolean isLeftToOthers() {
        return cancelled || retreat.isLeft();
    }

    /** Whether this node is to look for events that it does not have. */
    public synchronized boolean takesMore() {
        return !cancelled && !retreat.keepsOff();
    }

    /** Whether the table may say of all that is here whose it is. What was cancelled never answers. */
    private boolean isQuiet() {
        return cancelled
                || (sending.isEmpty() && retrying.isEmpty() && settlements.isEmpty() && intake.unmarked() == 0);
    }

    /** Forgets every event, as a node must that goes on as another one: the table knows them, and who owns them. */
    public synchronized void startOver(Node newOwner) {
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
    public synchronized boolean hasWork() {
        boolean sends = mayBegin() && !broker.isPaused();
        return intake.unmarked() > 0 || !sending.isEmpty() || (sends && intake.events() > 0);
    }

    public synchronized ChannelStatus status() {
        return new ChannelStatus(
                intake.mode() == Intake.Mode.MEMORY,
                intake.events(),
                intake.bytes(),
                sending.size(),
                intake.unmarked(),
                broker.isPaused(),
                suspended,
                cancelled,
                retreat.isLeft());
    }

    private void begin(Entry entry, State state, long now) {
        entry.state = state;
        entry.since = now;
        entry.send++;
        entry.probe = broker.isPaused();
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
    public Set<UUID> inHand() {
        return intake.inHand();
    }
}
