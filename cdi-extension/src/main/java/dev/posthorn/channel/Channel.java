package dev.posthorn.channel;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.Node;
import java.util.List;

/**
 * What one channel knows of its unsent events, and what may happen to them next. Every method, of this class and of its views, is one
 * short step under this object's monitor; none does I/O. Times are readings of a monotonic clock, in nanoseconds.
 *
 * <p>How an event comes here is the matter of {@link Tickets} and {@link Reads}, in which order it leaves that of {@link Lanes} and
 * {@link Turns}, what waits in the table for its time that of {@link Shelves}.
 */
public final class Channel {

    final ChannelSettings settings;
    final BrokerWatch broker;
    final Stance stance;
    final Destinations destinations;
    final Ready ready;
    final Lanes lanes;
    final Backlog backlog = new Backlog();
    final Holdings holdings;
    final Reads reads;
    final Turns turns;
    final Flights flights;
    final Failures failures;
    final Candidates candidates;
    final Shelves shelves = new Shelves();
    private final String name;
    private final Memory memory;
    private final Tickets tickets;
    private final Marks marks;
    private final Sends sends;
    private final Questions questions;
    private final Table table;
    private Node owner;

    /**
     * @param announces whether somebody wants to be told of delivered events
     * @param owner the node whose rows these are
     */
    public Channel(String name, ChannelSettings settings, boolean announces, Node owner) {
        this.name = name;
        this.settings = settings;
        this.owner = owner;
        this.broker = new BrokerWatch(settings.pauseMin(), settings.pauseMax());
        this.stance = new Stance(broker, new Retreat(settings.giveUpAfter()));
        this.destinations = new Destinations(settings.pauseMin(), settings.pauseMax());
        this.ready = new Ready(settings.maxInFlightPerKey(), destinations);
        this.lanes = new Lanes(ready);
        this.memory = new Memory(settings);
        this.holdings = new Holdings(lanes, destinations, memory, backlog);
        this.tickets = new Tickets(lanes, destinations, memory, backlog, holdings);
        this.reads = new Reads(lanes, destinations, memory, backlog, holdings, tickets);
        this.turns = new Turns(lanes, holdings, destinations);
        this.flights = new Flights(settings);
        this.failures = new Failures(settings, lanes, holdings, reads, flights, destinations, broker);
        this.candidates = new Candidates(ready, lanes, destinations, flights, failures, broker, stance);
        this.marks = new Marks(this, announces);
        this.sends = new Sends(this);
        this.questions = new Questions(this);
        this.table = new Table(this);
    }

    public String name() {
        return name;
    }

    // --- what is to be done: views for those who do it

    public Sends sends() {
        return sends;
    }

    public Questions questions() {
        return questions;
    }

    public Marks marks() {
        return marks;
    }

    public Table table() {
        return table;
    }

    // --- the transaction's side

    /**
     * Notes events that have just been stored in a transaction that has not ended.
     *
     * @param numbers theirs in the store; empty if it has not said them
     */
    public synchronized Ticket ticket(Node storedFor, List<EventEnvelope> events, List<Long> numbers, long now) {
        return storedFor.equals(owner) && !isLeftToOthers()
                ? tickets.of(this, events, numbers, now)
                : new Ticket(this, now, List.of(), true);
    }

    public synchronized void committed(Ticket ticket) {
        tickets.committed(ticket);
        stance.committed();
    }

    public synchronized void rolledBack(Ticket ticket) {
        tickets.rolledBack(ticket);
    }

    /** Nobody knows how the transaction ended: if its rows show up in the table, they are sent. */
    public synchronized void unknown(Ticket ticket) {
        tickets.unknown(ticket);
        stance.committed();
    }

    /** A transaction that does not end must not block its keys for ever. */
    public synchronized void forgetOldTickets(long now) {
        tickets.forgetOld(now);
    }

    // --- what may have changed in the table

    /** Whatever the table may have for this channel is to be looked for. */
    public synchronized void rescan() {
        backlog.wantRead();
        shelves.askForAll();
        stance.rescan();
    }

    public synchronized void wantRead() {
        backlog.wantRead();
    }

    /** Something has happened in this key that others may have waited for. */
    public synchronized void revisit(String key, long now) {
        shelves.revisit(key, now);
    }

    // --- operators

    /** An operator wants nothing to be sent, or has changed his mind. */
    public synchronized void suspend(boolean wanted) {
        if (stance.isSuspended() && !wanted) {
            holdings.askAgain(null);
        }
        stance.suspend(wanted);
    }

    public synchronized ChannelStatus status() {
        return new ChannelStatus(
                stance.condition(),
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

    // --- other nodes

    /** Whether nothing can be sent here any more. */
    public synchronized boolean isCancelled() {
        return stance.isCancelled();
    }

    /** Whether nothing of this node is to be sent here. */
    public synchronized boolean isLeftToOthers() {
        return stance.isLeftToOthers();
    }

    /** Whether this node is to look for events that it does not have. */
    public synchronized boolean takesMore() {
        return stance.takesMore();
    }

    /** Whether this node sends what it has of this channel, as far as it knows. */
    public synchronized boolean delivers() {
        return stance.delivers();
    }

    /** Whether it matters if other nodes deliver on this channel. */
    public synchronized boolean asksForOthers() {
        return stance.asksForOthers();
    }

    /** Leaves the events of this channel to other nodes, if they deliver and it fails here, or tries again. */
    public synchronized RetreatStep considerOthers(boolean othersDeliver, long now) {
        RetreatStep step = stance.considerOthers(othersDeliver, now);
        if (step == RetreatStep.RETURN) {
            rescan();
        }
        return step;
    }

    // --- all of it

    /** Whether something is on its way, or delivered and not marked. What waits for a broker or destination that takes nothing does not count. */
    public synchronized boolean hasWork() {
        boolean sends = stance.mayBegin() && !broker.isPaused();
        return holdings.unmarked() > 0 || !flights.isEmpty() || (sends && holdings.hasWork());
    }

    /** Whether the table may say of all that is here whose it is. What was cancelled never answers. */
    boolean isQuiet() {
        return stance.isCancelled()
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

    void forgetMemory() {
        flights.forgetAll();
        failures.forgetAll();
        shelves.forgetAll();
        lanes.resumeAll();
        holdings.forgetEntries();
        tickets.forgetAll();
        reads.readFromStart();
        destinations.forgetAll();
    }
}
