package dev.posthorn.relay;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.relay.ChannelRelay.Batch;
import dev.posthorn.relay.ChannelRelay.CountedFailure;
import dev.posthorn.relay.ChannelRelay.Read;
import dev.posthorn.relay.ChannelRelay.Send;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Unsent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The relay of one node: what transactions report to it, and the passes that do the work. A pass is a plain call that does what can
 * be done now and returns; when it is made, and on which thread, is not decided here.
 */
public final class Relay {

    private final Map<String, ChannelRelay> channels = new TreeMap<>();
    private final EventStore store;
    private final EventTransport transport;
    private final Retrier retrier;
    private final Membership membership;
    private final RelayListener listener;
    private WakeUps wakeUps = WakeUps.NONE;
    private final LongSupplier nanoClock;

    Relay(Map<String, RelaySettings> settings, Ports ports, LongSupplier nanoClock) {
        this.store = ports.store();
        this.transport = ports.transport();
        this.retrier = ports.retrier();
        this.membership = ports.membership();
        this.listener = ports.listener();
        this.nanoClock = nanoClock;
        boolean announces = listener.wantsDelivered();
        settings.forEach(
                (name, bounds) -> channels.put(name, new ChannelRelay(name, bounds, announces, membership.node())));
    }

    /** Without this, passes are made only when somebody calls them. */
    void wakeBy(WakeUps passMakers) {
        this.wakeUps = passMakers;
    }

    /** What the relay works with. */
    public record Ports(
            EventStore store,
            EventTransport transport,
            Retrier retrier,
            Membership membership,
            RelayListener listener) {}

    // --- reports of transactions

    /**
     * Events have been stored in a transaction that has not ended; to be called before anybody can see them.
     *
     * @param owner the node for which they were stored, which this instance may have ceased to be
     */
    public CommitTicket stored(Node owner, List<EventEnvelope> events) {
        List<Ticket> tickets = new ArrayList<>(1);
        for (int from = 0; from < events.size(); ) {
            int to = from + 1;
            String channel = events.get(from).channel();
            while (to < events.size() && events.get(to).channel().equals(channel)) {
                to++;
            }
            tickets.add(channel(channel).ticket(owner, events.subList(from, to)));
            from = to;
        }
        return new CommitTicket(tickets);
    }

    public void committed(CommitTicket ended) {
        for (Ticket ticket : ended.tickets) {
            ticket.channel.committed(ticket);
            wakeUps.send(ticket.channel);
            wakeReader(ticket.channel);
        }
    }

    public void rolledBack(CommitTicket ended) {
        for (Ticket ticket : ended.tickets) {
            ticket.channel.rolledBack(ticket);
            wakeUps.send(ticket.channel);
            wakeReader(ticket.channel);
        }
    }

    /** The transaction manager does not know, or does not say, how the transaction ended. */
    public void unknown(CommitTicket ended) {
        for (Ticket ticket : ended.tickets) {
            ticket.channel.unknown(ticket);
            wakeUps.send(ticket.channel);
            wakeReader(ticket.channel);
        }
    }

    private void wakeReader(ChannelRelay channel) {
        if (channel.wantsRead()) {
            wakeUps.read(channel);
        }
    }

    // --- passes

    /** Hands to the transport what may be sent now. */
    void sendPass(ChannelRelay channel) {
        while (membership.mayAct()) {
            Send send = channel.nextSend(nanoClock.getAsLong());
            if (send == null) {
                return;
            }
            hand(send);
        }
    }

    private void hand(Send send) {
        CompletionStage<?> answer;
        try {
            answer = transport.send(send.event());
        } catch (RuntimeException e) {
            answered(send, e);
            return;
        }
        answer.whenComplete((done, error) -> answered(send, error));
    }

    private void answered(Send send, @Nullable Throwable error) {
        ChannelRelay channel = send.channel();
        if (error == null) {
            acknowledged(send);
        } else {
            RelayLog.sendFailed(send.event(), error);
            channel.failed(send, nanoClock.getAsLong());
            wakeUps.retry(channel);
            wakeUps.send(channel);
        }
    }

    private void acknowledged(Send send) {
        boolean more = send.channel().acknowledged(send);
        wakeUps.mark();
        if (more) {
            wakeUps.send(send.channel());
        }
    }

    /** Lets the retrier try what could not be sent at once. */
    void retryPass(ChannelRelay channel) {
        while (membership.mayAct()) {
            Send send = channel.nextRetry(nanoClock.getAsLong());
            if (send == null) {
                return;
            }
            try {
                retry(send);
            } catch (InterruptedException e) {
                // That says nothing of the event or the broker: it stays the first to be retried.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void retry(Send send) throws InterruptedException {
        try {
            retrier.send(send.event());
            acknowledged(send);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            CountedFailure failure = send.channel().retriesFailed(send, e, nanoClock.getAsLong());
            if (failure == null) {
                RelayLog.paused(send.channel().name(), e);
            } else {
                note(failure);
            }
        }
    }

    private void note(CountedFailure failure) {
        EventEnvelope event = failure.event();
        RelayLog.counted(event, failure.attempts(), failure.error());
        tell(() -> listener.failed(new EventDeliveryFailed(event.info(), failure.attempts(), failure.error())));
    }

    /** Reads from the table what memory did not take. */
    void readPass(ChannelRelay channel) {
        Read read = channel.nextRead();
        while (read != null) {
            try {
                Unsent answer = store.unsent(
                        membership.node(), channel.name(), channel.inHand(), read.maxEvents(), read.maxBytes());
                channel.readAnswered(read, answer, nanoClock.getAsLong());
            } catch (RuntimeException e) {
                channel.readFailed(read);
                RelayLog.storeFailed("read unsent events", e);
                return;
            }
            wakeUps.send(channel);
            read = channel.nextRead();
        }
    }

    /** Tells the store what has been delivered. */
    void markPass() {
        for (ChannelRelay channel : channels.values()) {
            Batch batch = channel.nextMarks();
            while (!batch.events().isEmpty() && mark(channel, batch)) {
                batch = channel.nextMarks();
            }
        }
    }

    private boolean mark(ChannelRelay channel, Batch batch) {
        List<UUID> ids = batch.events().stream().map(Delivered::id).toList();
        try {
            if (channel.keepsDelivered()) {
                store.markDelivered(membership.node(), ids);
            } else {
                store.removeDelivered(membership.node(), ids);
            }
        } catch (RuntimeException e) {
            channel.unmarked(batch);
            RelayLog.storeFailed("mark delivered events", e);
            return false;
        }
        channel.marked(batch);
        wakeReader(channel);
        for (Delivered each : batch.events()) {
            if (each.info() != null) {
                EventDelivered notification = new EventDelivered(each.info(), each.attempts());
                tell(() -> listener.delivered(notification));
            }
        }
        return true;
    }

    private static void tell(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException e) {
            RelayLog.listenerFailed(e);
        }
    }

    /** Minds the time: sends without an answer, delays that are over, probes that are due, passes that failed. */
    void pulse() {
        long now = nanoClock.getAsLong();
        for (ChannelRelay channel : channels.values()) {
            for (Send late : channel.timedOut(now)) {
                answered(late, new SendTimeoutException(late.event()));
            }
            channel.wakeDelayed(now);
            channel.checkPatience(now);
            wakeUps.send(channel);
            wakeUps.retry(channel);
            wakeReader(channel);
        }
        wakeUps.mark();
    }

    /** Takes over what has no living owner, and looks for rows of its own that nobody has in hand. */
    void sweep() {
        try {
            store.adopt(membership.node(), channels.keySet());
        } catch (RuntimeException e) {
            RelayLog.storeFailed("take over events of nodes that are gone", e);
        }
        for (ChannelRelay channel : channels.values()) {
            channel.wantRead();
            wakeReader(channel);
        }
    }

    /** Forgets everything in memory: this instance is another node now, and its former rows may have another owner. */
    void startOver() {
        channels.values().forEach(channel -> channel.forgetAll(membership.node()));
    }

    /** Whether events are on their way, or delivered ones are not marked. */
    boolean hasWork() {
        return channels.values().stream().anyMatch(ChannelRelay::hasWork);
    }

    Collection<ChannelRelay> channels() {
        return channels.values();
    }

    private ChannelRelay channel(String name) {
        ChannelRelay channel = channels.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("The relay has no channel '" + name + "', only " + channels.keySet());
        }
        return channel;
    }
}
