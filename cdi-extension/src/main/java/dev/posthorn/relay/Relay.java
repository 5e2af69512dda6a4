package dev.posthorn.relay;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;
import dev.posthorn.channel.Channel;
import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.channel.Delivered;
import dev.posthorn.channel.MarkBatch;
import dev.posthorn.channel.Question;
import dev.posthorn.channel.Read;
import dev.posthorn.channel.Send;
import dev.posthorn.channel.Settlement;
import dev.posthorn.channel.Shelving;
import dev.posthorn.channel.Ticket;
import dev.posthorn.node.Membership;
import dev.posthorn.node.Neighbours;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Unsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The relay of one node: what transactions report to it, and the passes that do the work. A pass is a plain call that does what can
 * be done now and returns; when it is made, and on which thread, is not decided here.
 */
public final class Relay {

    private static final int DUE_BATCH = 1000;
    private static final int KEY_BATCH = 1000;

    private final Map<String, Channel> channels = new TreeMap<>();
    private final EventStore store;
    private final EventTransport transport;
    private final Retrier retrier;
    private final Membership membership;
    private final RelayListener listener;
    private final FailureClassifier classifier;
    private final Neighbours neighbours;
    private WakeUps wakeUps = WakeUps.NONE;
    private final LongSupplier nanoClock;

    /** For what the last look for events of others was, as far as it came to its end. */
    private volatile Look lastLook = new Look(-1, Set.of());

    private record Look(long news, Set<String> channels) {}

    Relay(Map<String, ChannelSettings> settings, Ports ports, LongSupplier nanoClock) {
        this.store = ports.store();
        this.transport = ports.transport();
        this.retrier = ports.retrier();
        this.membership = ports.membership();
        this.listener = ports.listener();
        this.classifier = ports.classifier();
        this.neighbours = ports.neighbours();
        this.nanoClock = nanoClock;
        boolean announces = listener.wantsDelivered();
        settings.forEach((name, bounds) -> channels.put(name, new Channel(name, bounds, announces, membership.node())));
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
            RelayListener listener,
            FailureClassifier classifier,
            Neighbours neighbours) {}

    // --- reports of transactions

    /**
     * Events have been stored in a transaction that has not ended; to be called before anybody can see them.
     *
     * @param owner the node for which they were stored, which this instance may have ceased to be
     */
    public CommitTicket stored(Node owner, List<EventEnvelope> events) {
        long now = nanoClock.getAsLong();
        List<Ticket> tickets = new ArrayList<>(1);
        for (int from = 0; from < events.size(); ) {
            int to = from + 1;
            String channel = events.get(from).channel();
            while (to < events.size() && events.get(to).channel().equals(channel)) {
                to++;
            }
            tickets.add(channel(channel).ticket(owner, events.subList(from, to), now));
            from = to;
        }
        return new CommitTicket(tickets);
    }

    public void committed(CommitTicket ended) {
        for (Ticket ticket : ended.tickets) {
            ticket.channel().committed(ticket);
            wakeUps.send(ticket.channel());
            wakeTable(ticket.channel());
        }
    }

    public void rolledBack(CommitTicket ended) {
        for (Ticket ticket : ended.tickets) {
            ticket.channel().rolledBack(ticket);
            wakeUps.send(ticket.channel());
            wakeTable(ticket.channel());
        }
    }

    /** The transaction manager does not know, or does not say, how the transaction ended. */
    public void unknown(CommitTicket ended) {
        for (Ticket ticket : ended.tickets) {
            ticket.channel().unknown(ticket);
            wakeUps.send(ticket.channel());
            wakeTable(ticket.channel());
        }
    }

    private void wakeTable(Channel channel) {
        if (channel.wantsTable(nanoClock.getAsLong())) {
            wakeUps.table(channel);
        }
    }

    // --- sending

    /** Hands to the transport what may be sent now, and asks whose turn it is. */
    void sendPass(Channel channel) {
        boolean moreWillCome = false;
        while (membership.mayAct()) {
            Send send = channel.nextSend(nanoClock.getAsLong());
            if (send != null) {
                hand(send);
                continue;
            }
            if (moreWillCome) {
                wakeUps.gather();
            }
            Question question = channel.nextQuestion(nanoClock.getAsLong());
            if (question == null) {
                askLater(channel);
                return;
            }
            if (!ask(channel, question)) {
                // The pulse tries again: a database that is away is not to be pestered.
                return;
            }
            moreWillCome = question.isOneOfMany();
            if (question.isFull()) {
                wakeUps.ask(channel);
            }
        }
    }

    /** Asks whose turn it is while others are sent: of a backlog, half of the time would be spent with waiting for answers. */
    void askPass(Channel channel) {
        while (membership.mayAct()) {
            Question question = channel.nextQuestion(nanoClock.getAsLong());
            if (question == null || !ask(channel, question)) {
                return;
            }
            wakeUps.send(channel);
            if (!question.isFull()) {
                return;
            }
        }
    }

    /** Where another node's event is in the way, the pulse would be slow. */
    private void askLater(Channel channel) {
        long next = channel.untilNextQuestion(nanoClock.getAsLong());
        if (next > 0) {
            wakeUps.sendWithin(channel, Duration.ofNanos(next));
        }
    }

    private boolean ask(Channel channel, Question question) {
        try {
            channel.answered(
                    question,
                    store.turns(membership.node(), question.ids(), question.delivered()),
                    nanoClock.getAsLong());
        } catch (RuntimeException e) {
            channel.unanswered(question);
            RelayLog.storeFailed("tell whose turn it is", e);
            return false;
        }
        wakeTable(channel);
        return true;
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
        Channel channel = send.channel();
        if (error == null) {
            acknowledged(send);
        } else {
            Throwable cause = RelayLog.cause(error);
            RelayLog.sendFailed(send.event(), cause);
            boolean wasCancelled = channel.isCancelled();
            channel.failed(send, classify(send, cause), cause, nanoClock.getAsLong());
            sayIfCancelled(channel, wasCancelled, cause);
            wakeUps.retry(channel);
            wakeUps.send(channel);
            wakeTable(channel);
        }
    }

    private Failure classify(Send send, Throwable error) {
        try {
            return classifier.classify(send.event(), error);
        } catch (RuntimeException e) {
            RelayLog.classifierFailed(e);
            return Failure.UNCLEAR;
        }
    }

    private static void sayIfCancelled(Channel channel, boolean before, Throwable error) {
        if (channel.isCancelled() && !before) {
            RelayLog.cancelled(channel.name(), error);
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
    void retryPass(Channel channel) {
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
            Throwable cause = RelayLog.cause(e);
            Channel channel = send.channel();
            boolean wasCancelled = channel.isCancelled();
            if (channel.retriesFailed(send, classify(send, cause), cause, nanoClock.getAsLong())) {
                RelayLog.paused(channel.name(), cause);
            }
            sayIfCancelled(channel, wasCancelled, cause);
            wakeTable(channel);
        }
    }

    // --- the table

    /** Writes to the table what has failed or must wait, takes back what need not wait any more, and reads what memory did not take. */
    void tablePass(Channel channel) {
        try {
            settle(channel);
            if (channel.isLeftToOthers()) {
                giveUp(channel);
                return;
            }
            shelve(channel);
            if (membership.mayAct() && channel.takesMore()) {
                takeDue(channel);
                release(channel);
            }
        } catch (RuntimeException e) {
            RelayLog.storeFailed("write down what waits, or take it back", e);
            channel.rescan();
        }
        read(channel);
    }

    private void settle(Channel channel) {
        Settlement settlement = channel.nextSettlement();
        while (settlement != null) {
            boolean noted;
            try {
                noted = note(settlement);
            } catch (RuntimeException e) {
                channel.unsettled(settlement);
                throw e;
            }
            channel.settled(settlement, nanoClock.getAsLong());
            if (noted && settlement.counts()) {
                tell(settlement);
            }
            wakeUps.send(channel);
            settlement = channel.nextSettlement();
        }
    }

    private boolean note(Settlement settlement) {
        EventEnvelope event = settlement.event();
        String error = RelayLog.text(settlement.error());
        Duration delay = settlement.delay();
        return delay == null
                ? store.markDead(membership.node(), event.id(), settlement.attempts(), error)
                : store.markDelayed(membership.node(), event.id(), settlement.attempts(), error, delay);
    }

    private void tell(Settlement settlement) {
        EventEnvelope event = settlement.event();
        int attempts = settlement.attempts();
        Throwable error = settlement.error();
        if (settlement.delay() == null) {
            RelayLog.died(event, attempts, error);
            tell(() -> listener.died(new EventDied(event.info(), attempts, error)));
        } else {
            RelayLog.counted(event, attempts, settlement.delay(), error);
            tell(() -> listener.failed(new EventDeliveryFailed(event.info(), attempts, error)));
        }
    }

    private void shelve(Channel channel) {
        Shelving next = channel.nextShelving();
        while (next != null) {
            // If this fails, the events are read again, and asked for again.
            String key = next.key();
            try {
                store.shelve(membership.node(), channel.name(), key, next.shelf(), channel.notToShelve(key));
            } finally {
                channel.shelved(key);
                wakeUps.send(channel);
            }
            next = channel.nextShelving();
        }
    }

    private void takeDue(Channel channel) {
        if (!channel.pollDue(nanoClock.getAsLong())) {
            return;
        }
        try {
            int taken = store.takeDue(membership.node(), channel.name(), DUE_BATCH);
            if (taken > 0) {
                channel.wantRead();
            }
            if (taken == DUE_BATCH) {
                channel.moreIsDue();
            }
        } catch (RuntimeException e) {
            channel.moreIsDue();
            throw e;
        }
    }

    private void release(Channel channel) {
        List<String> keys = channel.keysToRevisit(nanoClock.getAsLong());
        if (!keys.isEmpty()) {
            release(channel, keys);
        }
        if (channel.pollSearch()) {
            keys = store.waitingKeys(membership.node(), channel.name(), "", KEY_BATCH);
            while (!keys.isEmpty() && membership.mayAct()) {
                release(channel, keys);
                String last = keys.get(keys.size() - 1);
                keys = keys.size() < KEY_BATCH
                        ? List.of()
                        : store.waitingKeys(membership.node(), channel.name(), last, KEY_BATCH);
            }
        }
    }

    private void release(Channel channel, List<String> keys) {
        Set<String> still = store.release(membership.node(), channel.name(), keys);
        channel.released(Set.copyOf(keys), still, nanoClock.getAsLong());
    }

    private void giveUp(Channel channel) {
        if (channel.pollGiveUp()) {
            int given = store.giveUp(membership.node(), channel.name());
            while (given > 0) {
                given = store.giveUp(membership.node(), channel.name());
            }
            // Even if there was nothing: perhaps it was given up, and the notice failed.
            neighbours.giveNotice();
        }
    }

    private void read(Channel channel) {
        Read read = channel.nextRead();
        while (read != null) {
            try {
                Unsent answer = store.unsent(
                        membership.node(),
                        channel.name(),
                        read.after(),
                        channel.inHand(),
                        Set.of(),
                        read.maxEvents(),
                        read.maxBytes());
                channel.readAnswered(read, answer);
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
        for (Channel channel : channels.values()) {
            MarkBatch batch = channel.nextMarks();
            while (!batch.events().isEmpty() && mark(channel, batch)) {
                batch = channel.nextMarks();
            }
        }
    }

    private boolean mark(Channel channel, MarkBatch batch) {
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
        if (channel.marked(batch, nanoClock.getAsLong())) {
            wakeUps.send(channel);
        }
        wakeTable(channel);
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
        for (Channel channel : channels.values()) {
            for (Send late : channel.timedOut(now)) {
                answered(late, new SendTimeoutException(late.event()));
            }
            channel.forgetOldTickets(now);
            wakeUps.send(channel);
            wakeUps.retry(channel);
            wakeTable(channel);
        }
        wakeUps.mark();
    }

    /** Takes over what has no living owner, whether or not there is news of it, and looks for rows of its own that nobody has in hand. */
    void sweep() {
        adopt(look());
        lookEverywhere();
    }

    /** Looks for rows of its own that nobody has in hand. */
    void lookEverywhere() {
        for (Channel channel : channels.values()) {
            channel.rescan();
            wakeTable(channel);
        }
    }

    /**
     * Lets others know what this node delivers, gives up to them what it can't deliver while they can, and takes over what they have
     * given up or left behind.
     */
    void lookAround() {
        if (!membership.mayAct()) {
            return;
        }
        try {
            neighbours.tell(names(Channel::delivers));
            if (channels.values().stream().anyMatch(Channel::asksForOthers)) {
                lookAt(neighbours.channels());
            }
        } catch (RuntimeException e) {
            RelayLog.storeFailed("tell what other nodes do", e);
        }
        takeOver();
    }

    /** Takes over what others have given up or left behind, if there may be more than at the last look. */
    void takeOver() {
        Look wanted = look();
        boolean mayBeMore = lastLook.news != wanted.news || !lastLook.channels.containsAll(wanted.channels);
        if (!mayBeMore) {
            lastLook = wanted;
        } else if (membership.mayAct()) {
            adopt(wanted);
        }
    }

    private Look look() {
        return new Look(neighbours.news(), names(Channel::takesMore));
    }

    private void adopt(Look look) {
        try {
            if (!look.channels.isEmpty()) {
                for (String adopted : store.adopt(membership.node(), look.channels)) {
                    Channel channel = channel(adopted);
                    channel.wantRead();
                    wakeTable(channel);
                }
            }
            lastLook = look;
        } catch (RuntimeException e) {
            RelayLog.storeFailed("take over events of nodes that are gone", e);
        }
    }

    private void lookAt(Set<String> deliveredByOthers) {
        for (Channel channel : channels.values()) {
            if (!channel.asksForOthers()) {
                continue;
            }
            switch (channel.considerOthers(deliveredByOthers.contains(channel.name()), nanoClock.getAsLong())) {
                case LEAVE -> RelayLog.leftToOthers(channel.name());
                case RETURN -> RelayLog.triedAgain(channel.name());
                default -> {}
            }
            wakeUps.send(channel);
            wakeTable(channel);
        }
    }

    private Set<String> names(Predicate<Channel> fits) {
        return channels.values().stream().filter(fits).map(Channel::name).collect(Collectors.toSet());
    }

    /** Somebody has changed events in the table: in this channel, and these keys, others may go on. */
    void lookAgain(String channelName, Collection<String> keys) {
        Channel channel = channel(channelName);
        keys.forEach(key -> channel.revisit(key, nanoClock.getAsLong()));
        channel.wantRead();
        wakeTable(channel);
    }

    /** From now on nothing is sent on these channels, by an operator's will; on all others it is. */
    void suspend(Set<String> names) {
        for (Channel channel : channels.values()) {
            channel.suspend(names.contains(channel.name()));
            wakeUps.send(channel);
            wakeUps.retry(channel);
        }
    }

    /** How the channels are, by name. */
    Map<String, ChannelStatus> status() {
        return channels.values().stream().collect(Collectors.toMap(Channel::name, Channel::status));
    }

    /** Forgets everything in memory: this instance is another node now, and its former rows may have another owner. */
    void startOver() {
        channels.values().forEach(channel -> channel.startOver(membership.node()));
    }

    /** Whether events are on their way, or delivered ones are not marked. */
    boolean hasWork() {
        return channels.values().stream().anyMatch(Channel::hasWork);
    }

    Collection<Channel> channels() {
        return channels.values();
    }

    private Channel channel(String name) {
        Channel channel = channels.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("The relay has no channel '" + name + "', only " + channels.keySet());
        }
        return channel;
    }
}
