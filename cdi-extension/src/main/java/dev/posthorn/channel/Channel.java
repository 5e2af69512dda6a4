package dev.posthorn.channel;

import dev.posthorn.channel.Entry.State;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one channel knows of its unsent events, and what may happen to them next. Every method is one short step under the
 * channel's monitor; none does I/O. Times are readings of a monotonic clock, in nanoseconds.
 *
 * <p>How an event comes here is the matter of {@link Tickets} and {@link Reads}, in which order it leaves that of {@link Lanes} and
 * {@link Turns}, what waits in the table for its time that of {@link Shelves}.
 */
public final class Channel {

    private final String name;
    private final ChannelSettings settings;
    private final boolean announces;
    private final Destinations destinations;
    private final Lanes lanes;
    private final Memory memory;
    private final Backlog backlog = new Backlog();
    private final Holdings holdings;
    private final Tickets tickets;
    private final Reads reads;
    private final Turns turns;
    private final Flights flights;
    private final Failures failures;
    private final Shelves shelves = new Shelves();
    private final BrokerWatch broker;
    private final Retreat retreat;
    private final Marks marks;
    private long acknowledgements;
    private boolean suspended;
    private boolean cancelled;
    private boolean mustGiveUp;
    private Node owner;

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
        this.marks = new Marks(settings.markBatch());
        this.destinations = new Destinations(settings.pauseMin(), settings.pauseMax());
        this.flights = new Flights(settings);
        this.lanes = new Lanes(settings.maxInFlightPerKey(), destinations);
        this.memory = new Memory(settings);
        this.holdings = new Holdings(lanes, destinations, memory, backlog);
        this.tickets = new Tickets(lanes, destinations, memory, backlog, holdings);
        this.reads = new Reads(lanes, destinations, memory, backlog, holdings, tickets);
        this.turns = new Turns(lanes, holdings, destinations);
        this.failures = new Failures(settings, lanes, holdings, reads, flights, destinations, broker);
    }

    /** What it does with what it has to send: the only place where that is decided. */
    private Condition condition() {
        if (cancelled) {
            return Condition.CANCELLED;
        }
        if (retreat.isLeft()) {
            return Condition.LEFT;
        }
        if (suspended) {
            return Condition.SUSPENDED;
        }
        if (retreat.isOnTrial()) {
            return Condition.ON_TRIAL;
        }
        return broker.isPaused() ? Condition.PROBING : Condition.SENDING;
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
                ? tickets.of(this, events, now)
                : new Ticket(this, now, List.of(), true);
    }

    public synchronized void committed(Ticket ticket) {
        tickets.committed(ticket);
        mustGiveUp |= cancelled;
    }

    public synchronized void rolledBack(Ticket ticket) {
        tickets.rolledBack(ticket);
    }

    /** Nobody knows how the transaction ended: if its rows show up in the table, they are sent. */
    public synchronized void unknown(Ticket ticket) {
        tickets.unknown(ticket);
        mustGiveUp |= cancelled;
    }

    /** A transaction that does not end must not block its keys for ever. */
    public synchronized void forgetOldTickets(long now) {
        tickets.forgetOld(now);
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
        if (!mayBegin() || flights.isFull() || holdings.unmarked() >= settings.maxEvents()) {
            return null;
        }
        Entry next = broker.isPaused() ? probe(now) : next(now);
        if (next == null || !flights.hasRoomFor(next)) {
            return null;
        }
        lanes.take(next);
        flights.begin(next, broker.isPaused() || !next.destination.isOpen(), now);
        lanes.began(next);
        return new Send(this, next);
    }

    private boolean mayBegin() {
        return !suspended && !isLeftToOthers();
    }

    /** First what finds out more, one at a time. */
    private @Nullable Entry next(long now) {
        Destination toTry = flights.isProbing() ? null : destinations.toTry(now, lanes);
        return toTry == null ? lanes.peek() : lanes.peekAside(toTry);
    }

    private @Nullable Entry probe(long now) {
        if (flights.isProbing() || !broker.newProbeIsDue(now)) {
            return null;
        }
        Entry open = lanes.peek();
        boolean mayBeAny = broker.probeIsDue(now) && flights.isEmpty() && !failures.isRetrying();
        Destination closed = open != null ? null : destinations.toProbe(!mayBeAny, lanes);
        return closed == null ? open : lanes.peekAside(closed);
    }

    /**
     * The broker has the event: also if the answer comes after the send was given up.
     *
     * @return whether there is something to be sent next
     */
    public synchronized boolean acknowledged(Send send) {
        retreat.end();
        Entry entry = inMemory(send.entry());
        if (entry.state == State.GONE) {
            // Perhaps it is heard of twice: that says nothing of others.
            failures.answered();
            return false;
        }
        acknowledgements++;
        failures.taken(entry, send.number());
        if (entry.state == State.SETTLED) {
            holdings.hold(entry);
        } else {
            holdings.delivered(entry);
        }
        entry.state = State.GONE;
        turns.delivered(entry);
        EventEnvelope event = entry.event;
        marks.add(new Delivered(event.id(), event.orderKey(), announces ? event.info() : null, entry.attempts));
        return mayHaveSomethingToSend();
    }

    private boolean mayHaveSomethingToSend() {
        return lanes.hasTurns() || destinations.mayHaveSomethingToTry();
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
    public synchronized boolean failed(Send send, Failure failure, Throwable error, long now) {
        Entry entry = send.entry();
        if (entry.state != State.SENDING || !send.isLast()) {
            return false;
        }
        if (failures.failed(entry, failure, error, now)) {
            cancel();
        }
        return true;
    }

    /** The sends that began too long ago: each is to be reported as {@link #failed}. */
    public synchronized List<Send> timedOut(long now) {
        return flights.timedOut(now).stream()
                .map(entry -> new Send(this, entry))
                .toList();
    }

    // --- retrying

    /** The next event for the retrier, whose attempts begin with this call. */
    public synchronized @Nullable Send nextRetry(long now) {
        Entry next = failures.firstToRetry();
        if (next == null || suspended) {
            return null;
        }
        flights.beginRetry(next, now);
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
        boolean away = failures.retriesFailed(entry, failure, error, answered, now);
        if (failure == Failure.CHANNEL) {
            cancel();
        }
        return away;
    }

    // --- counted failures

    /** A counted failure that the store is to know of. */
    public synchronized @Nullable Settlement nextSettlement() {
        return failures.nextSettlement();
    }

    public synchronized void settled(Settlement settlement, long now) {
        Entry entry = settlement.entry();
        if (entry.state == State.SETTLING) {
            holdings.leave(entry);
            entry.state = State.SETTLED;
            if (settlement.delay() != null) {
                shelves.delayed(now, settlement.delay());
            }
        }
    }

    /** The store did not answer: it is to be told later. */
    public synchronized void unsettled(Settlement settlement) {
        failures.unsettled(settlement);
    }

    // --- marking

    /** Delivered events that the store does not know of yet; they stay here until {@link #marked} or {@link #unmarked}. */
    public synchronized MarkBatch nextMarks() {
        return marks.next();
    }

    /** @return whether something could not be sent before that */
    public synchronized boolean marked(MarkBatch batch, long now) {
        if (!marks.isCurrent(batch)) {
            return false;
        }
        boolean wasFull = holdings.unmarked() >= settings.maxEvents();
        for (Delivered each : batch.events()) {
            reads.marked(each.id());
            turns.marked(each);
            letOthersGoOn(each, now);
        }
        return wasFull && mayHaveSomethingToSend();
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
        marks.again(batch);
    }

    // --- the table

    /** Whether there is something to write to the table or to read from it. */
    public synchronized boolean wantsTable(long now) {
        if (isLeftToOthers()) {
            return mustGiveUp && isQuiet();
        }
        return failures.hasSettlements()
                || shelves.hasNext()
                || shelves.isDue(now)
                || shelves.hasKeysToRevisit(now)
                || reads.isWanted()
                || toRead(now) != null;
    }

    /** Whatever the table may have for this channel is to be looked for. */
    public synchronized void rescan() {
        backlog.wantRead();
        shelves.askForAll();
        mustGiveUp |= isLeftToOthers();
    }

    public synchronized void wantRead() {
        backlog.wantRead();
    }

    /** What is to be read of the table, if anything. */
    public synchronized @Nullable Read nextRead(long now) {
        if (isLeftToOthers()) {
            return null;
        }
        Read read = reads.next();
        Destination toTry = read == null ? toRead(now) : null;
        return toTry == null ? read : reads.toTry(toTry, now);
    }

    /** A destination that is to be tried, all of whose events are in the table. */
    private @Nullable Destination toRead(long now) {
        if (!mayBegin() || flights.isProbing()) {
            return null;
        }
        if (!broker.isPaused()) {
            return destinations.toRead(now, lanes);
        }
        return broker.probeIsDue(now) && flights.isEmpty() ? destinations.toReadForProbe(now, lanes) : null;
    }

    public synchronized void readAnswered(Read read, Unsent answer) {
        reads.answered(read, answer);
    }

    public synchronized void readFailed(Read read) {
        reads.failed(read);
    }

    /** The next key whose events are to be put away. */
    public synchronized @Nullable Shelving nextShelving() {
        return shelves.next();
    }

    /** The rows of this key have been put away, or not: what is here of it may go on. */
    public synchronized void shelved(String key) {
        lanes.resume(key);
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
        backlog.wantRead();
    }

    /** Something has happened in this key that others may have waited for. */
    public synchronized void revisit(String key, long now) {
        shelves.revisit(key, now);
    }

    // --- all of it

    /** An operator wants nothing to be sent, or has changed his mind. */
    public synchronized void suspend(boolean wanted) {
        if (suspended && !wanted) {
            holdings.askAgain(null);
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
        return acknowledgements > 0 && condition() == Condition.SENDING;
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
                || (flights.isEmpty()
                        && !failures.isRetrying()
                        && !failures.hasSettlements()
                        && holdings.unmarked() == 0);
    }

    /** Forgets every event, as a node must that goes on as another one: the table knows them, and who owns them. */
    public synchronized void startOver(Node newOwner) {
        owner = newOwner;
        forgetMemory();
        marks.forgetAll();
        turns.forgetAll();
        holdings.forgetAll();
    }

    private void forgetMemory() {
        flights.forgetAll();
        failures.forgetAll();
        shelves.forgetAll();
        lanes.resumeAll();
        holdings.forgetEntries();
        tickets.forgetAll();
        reads.readFromStart();
        destinations.forgetAll();
    }

    /** Whether something is on its way, or delivered and not marked. What waits for a broker or destination that takes nothing does not count. */
    public synchronized boolean hasWork() {
        boolean sends = mayBegin() && !broker.isPaused();
        return holdings.unmarked() > 0 || !flights.isEmpty() || (sends && holdings.hasWork());
    }

    public synchronized ChannelStatus status() {
        return new ChannelStatus(
                condition(),
                backlog.mode() == Backlog.Mode.MEMORY,
                memory.events(),
                memory.bytes(),
                flights.size(),
                holdings.unmarked(),
                destinations.held());
    }

    /** What has changed among the destinations that an operator is to know of; each is asked for once. */
    public synchronized List<DestinationChange> pollDestinationChanges() {
        return destinations.pollChanges();
    }

    /** The ids of all events this channel has in hand, for {@link dev.posthorn.spi.EventStore#unsent}. */
    public Set<UUID> inHand() {
        return holdings.inHand();
    }
}
