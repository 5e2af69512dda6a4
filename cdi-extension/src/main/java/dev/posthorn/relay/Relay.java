package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.channel.Ticket;
import dev.posthorn.node.Membership;
import dev.posthorn.node.Neighbours;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier;
import dev.posthorn.spi.Node;
import dev.posthorn.watch.StoreWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The relay of one node: what transactions and ticks report to it. The work is done by its passes, each on a thread of its own. */
public final class Relay {

    private static final long GLANCE = Duration.ofMillis(50).toNanos();
    private static final Duration LAST_MARKS = Duration.ofSeconds(1);

    private final Map<String, Channel> channels = new TreeMap<>();
    private final List<Passes> passes = new ArrayList<>();
    private final Numbering numbering = new Numbering();
    private final Site site;
    private final WakeUps wakeUps;
    private final Notifications notifications;
    private final MarkPass marking;
    private final TakeOver takingOver;

    /** What the relay works with. */
    public record Ports(
            EventStore store,
            EventTransport transport,
            Retrier retrier,
            Membership membership,
            RelayListener listener,
            FailureClassifier classifier,
            Neighbours neighbours,
            StoreWatch watch) {}

    /**
     * @param threads runs each task on a thread of its own
     * @param gatherMarks how long delivered events are gathered before they are marked together
     */
    public Relay(Map<String, ChannelSettings> channels, Ports ports, Executor threads, Duration gatherMarks) {
        this(channels, ports, new Loops(threads, gatherMarks));
    }

    private Relay(Map<String, ChannelSettings> channels, Ports ports, Loops loops) {
        this(channels, ports, System::nanoTime, loops);
        loops.make(this);
    }

    /** Passes are made when {@code wakeUps} says so, by whomever. */
    Relay(Map<String, ChannelSettings> settings, Ports ports, LongSupplier nanoClock, WakeUps wakeUps) {
        this.wakeUps = wakeUps;
        this.site = new Site(ports, wakeUps, nanoClock);
        Classification classification = new Classification(ports.classifier());
        this.notifications = new Notifications(ports.listener(), wakeUps);
        boolean announces = ports.listener().wantsDelivered();
        new TreeMap<>(settings).forEach((name, bounds) -> {
            Channel channel = new Channel(name, bounds, announces, site.node());
            channels.put(name, channel);
            Unanswered unanswered = new Unanswered(bounds.sendTimeout(), answer(ports.transport(), name));
            passes.add(Passes.of(channel, unanswered, site, classification, notifications));
        });
        this.marking = new MarkPass(channels.values(), site, notifications);
        this.takingOver = new TakeOver(channels, site);
    }

    private static Duration answer(EventTransport transport, String channel) {
        return Objects.requireNonNullElse(transport.answersWithin(channel), Duration.ZERO);
    }

    // --- reports of transactions

    /**
     * Events have been stored in a transaction that has not ended; to be called before anybody can see them.
     *
     * @param owner the node for which they were stored, which this instance may have ceased to be
     * @param answer what {@link EventStore#append} has answered
     */
    public CommitTicket stored(Node owner, List<EventEnvelope> events, @Nullable List<Long> answer) {
        List<Long> numbers = numbering.of(answer, events.size());
        long now = site.now();
        List<Ticket> tickets = new ArrayList<>(1);
        for (int from = 0; from < events.size(); ) {
            int to = from + 1;
            String channel = events.get(from).channel();
            while (to < events.size() && events.get(to).channel().equals(channel)) {
                to++;
            }
            List<Long> theirs = numbers.isEmpty() ? numbers : numbers.subList(from, to);
            tickets.add(channel(channel).ticket(owner, events.subList(from, to), theirs, now));
            from = to;
        }
        return new CommitTicket(tickets);
    }

    public void committed(CommitTicket ended) {
        end(ended, Channel::committed);
    }

    public void rolledBack(CommitTicket ended) {
        end(ended, Channel::rolledBack);
    }

    /** The transaction manager does not know, or does not say, how the transaction ended. */
    public void unknown(CommitTicket ended) {
        end(ended, Channel::unknown);
    }

    /** Whatever happens to one channel's ticket, those of the others come to their end. */
    private void end(CommitTicket ended, BiConsumer<Channel, Ticket> outcome) {
        for (Ticket ticket : ended.tickets) {
            Channel channel = ticket.channel();
            try {
                outcome.accept(channel, ticket);
                wakeUps.send(channel);
                site.wakeTable(channel);
            } catch (Throwable e) {
                RelayLog.passFailed("commit of " + channel.name(), e);
            }
        }
    }

    // --- ticks

    /** Minds the time. To be called about once a second. */
    public void pulse() {
        for (Passes each : passes) {
            try {
                each.pulse().run();
            } catch (Throwable e) {
                RelayLog.passFailed("pulse of " + each.channel().name(), e);
            }
        }
        wakeUps.mark();
    }

    /**
     * Takes over what has no living owner, whether or not there is news of it, and looks for rows of its own that nobody has in hand. To
     * be called at the start and from time to time. Returns at once: what the dead have left may be much.
     */
    public void sweep() {
        takingOver.forgetLastLook();
        wakeUps.takeOver();
        rescan();
    }

    /** Looks for rows of its own that nobody has in hand. To be called when others may have put them away, or taken them back. */
    public void rescan() {
        for (Channel channel : channels.values()) {
            channel.rescan();
            site.wakeTable(channel);
        }
    }

    /** Tells others what this node delivers, and considers what they do. To be called with every heartbeat. */
    public void coordinate() {
        takingOver.coordinate();
    }

    /** Takes over what others have given up or left behind, if there may be more than at the last look. */
    public void takeOver() {
        wakeUps.takeOver();
    }

    // --- operators

    /** Somebody has changed events in the table: in this channel, and these keys, others may go on. */
    public void rowsChanged(String channelName, Collection<String> keys) {
        Channel channel = channel(channelName);
        keys.forEach(key -> channel.revisit(key, site.now()));
        channel.wantRead();
        site.wakeTable(channel);
    }

    /** From now on nothing is sent on these channels, by an operator's will; on all others it is. */
    public void suspend(Set<String> names) {
        for (Channel channel : channels.values()) {
            channel.suspend(names.contains(channel.name()));
            wakeUps.send(channel);
            wakeUps.retry(channel);
        }
    }

    /** How the channels are, by name. */
    public Map<String, ChannelStatus> status() {
        return channels.values().stream().collect(Collectors.toMap(Channel::name, Channel::status));
    }

    // --- the node's life

    /** Forgets everything in memory: this instance is another node now, and its former rows may have another owner. */
    public void startOver() {
        channels.values().forEach(channel -> channel.startOver(site.node()));
    }

    /**
     * Sends and marks what is in memory, then stops. Takes no longer than this, whatever store, transport and observers do: they are
     * waited for, and never called here.
     *
     * @return whether nothing is left
     */
    public boolean stop(Duration timeout) {
        long until = System.nanoTime() + timeout.toNanos();
        long lastMarks = Math.min(timeout.toNanos() / 4, LAST_MARKS.toNanos());
        boolean interrupted = awaitNo(this::hasWork, until - lastMarks);
        wakeUps.stopSending();
        wakeUps.mark();
        interrupted |= awaitNo(() -> isUnderWay() || !notifications.isEmpty(), until);
        wakeUps.stop();
        notifications.stop();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !hasWork();
    }

    /** @return whether somebody has interrupted this thread, which could not wait otherwise */
    private static boolean awaitNo(BooleanSupplier work, long until) {
        boolean interrupted = Thread.interrupted();
        while (work.getAsBoolean() && until - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.min(GLANCE, until - System.nanoTime()));
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    /** Whether events are on their way, or delivered ones are not marked. */
    boolean hasWork() {
        return channels.values().stream().anyMatch(Channel::hasWork);
    }

    private boolean isUnderWay() {
        return channels.values().stream()
                .map(Channel::status)
                .anyMatch(status -> status.inFlight() > 0 || status.unmarked() > 0);
    }

    // --- for those who make the passes

    Collection<Passes> passes() {
        return passes;
    }

    MarkPass marking() {
        return marking;
    }

    TakeOver takingOver() {
        return takingOver;
    }

    Notifications notifications() {
        return notifications;
    }

    private Channel channel(String name) {
        Channel channel = channels.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("The relay has no channel '" + name + "', only " + channels.keySet());
        }
        return channel;
    }
}
