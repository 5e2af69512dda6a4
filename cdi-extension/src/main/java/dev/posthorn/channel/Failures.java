package dev.posthorn.channel;

import dev.posthorn.channel.Entry.State;
import dev.posthorn.channel.Verdicts.Verdict;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a failed send, depending on its {@link Verdicts.Verdict}: the event is retried and its failure counted, or its destination
 * is held, or all of the channel pauses; and what follows if one is taken after all. Guarded by the channel's monitor.
 */
final class Failures {

    /** The retrier takes its time for each event. When more than this many wait for it, the table takes over from there. */
    private static final int MOST_RETRYING = 16;

    /** After so many failures in a row, with nothing taken between them, it is the broker. */
    private static final int FEW = 3;

    /** A retry of what took longer would hold up others. */
    private static final long QUICK = Duration.ofSeconds(1).toNanos();

    private final ChannelSettings settings;
    private final Lanes lanes;
    private final Holdings holdings;
    private final Reads reads;
    private final Flights flights;
    private final Destinations destinations;
    private final BrokerWatch broker;
    private final Verdicts verdicts;
    private final ArrayDeque<Entry> retrying = new ArrayDeque<>();
    private final ArrayDeque<Settlement> settlements = new ArrayDeque<>();
    private int inRow;

    Failures(
            ChannelSettings settings,
            Lanes lanes,
            Holdings holdings,
            Reads reads,
            Flights flights,
            Destinations destinations,
            BrokerWatch broker) {
        this.settings = settings;
        this.lanes = lanes;
        this.holdings = holdings;
        this.reads = reads;
        this.flights = flights;
        this.destinations = destinations;
        this.broker = broker;
        this.verdicts = new Verdicts(reads::isOnlyOneKnown);
    }

    // --- a send fails

    /** @return whether nothing can be sent here any more */
    boolean failed(Entry entry, Failure failure, Throwable error, long now) {
        boolean wasProbe = flights.end(entry);
        destinations.changed();
        Verdict verdict = judge(entry, failure, error);
        switch (verdict) {
            case PERHAPS_EVENT -> perhapsItsOwn(entry, error, now);
            case DESTINATION_OR_BROKER, BROKER -> doubt(entry, verdict, wasProbe, now);
            default -> decide(verdict, entry, error, wasProbe, now);
        }
        return verdict == Verdict.CHANNEL;
    }

    /**
     * The same of a send that the transport has not answered in time. No attempt counts, and the event stays here, since the transport may
     * still deliver it.
     */
    boolean notAnswered(Entry entry, Failure failure, Throwable error, long now) {
        boolean wasProbe = flights.end(entry);
        destinations.changed();
        Verdict verdict = judge(entry, failure, error);
        switch (verdict) {
            case DESTINATION_OR_BROKER, BROKER -> doubt(entry, verdict, wasProbe, now);
            case DESTINATION -> refused(entry, wasProbe, now);
            default -> awaitAnswer(entry, verdict, now);
        }
        return verdict == Verdict.CHANNEL;
    }

    private void awaitAnswer(Entry entry, Verdict verdict, long now) {
        entry.state = State.UNANSWERED;
        if (verdict == Verdict.PERHAPS_EVENT && isAlone(entry)) {
            destinations.close(entry.destination, now);
        }
    }

    private Verdict judge(Entry entry, Failure failure, Throwable error) {
        Verdict verdict = verdicts.of(entry, failure);
        if (concernsDestination(failure)) {
            entry.destination.failed(entry, error);
        }
        return verdict;
    }

    private static boolean concernsDestination(Failure failure) {
        return switch (failure) {
            case UNCLEAR, DESTINATION, DESTINATION_OR_BROKER -> true;
            case BROKER, EVENT, HOPELESS, CHANNEL -> false;
        };
    }

    private void decide(Verdict verdict, Entry entry, Throwable error, boolean wasProbe, long now) {
        switch (verdict) {
            case HOPELESS -> settle(entry, error, true);
            case EVENT, PERHAPS_EVENT -> settle(entry, error, false);
            case DESTINATION -> refused(entry, wasProbe, now);
            default -> {}
        }
    }

    /** If others of its destination are taken, they go on; if there are none, the next one is tried alone. */
    private void perhapsItsOwn(Entry entry, Throwable error, long now) {
        boolean alone = isAlone(entry);
        if (alone) {
            destinations.close(entry.destination, now);
        }
        long took = now - entry.since;
        boolean slow = alone && took >= QUICK && took < settings.sendTimeout().toNanos();
        if (isOfWorseTimes(entry)) {
            forgive(entry);
        } else if (slow || entry.retried || retrying.size() >= MOST_RETRYING) {
            settle(entry, error, false);
        } else {
            retry(entry);
        }
    }

    private static boolean isAlone(Entry entry) {
        return entry.destination.lastTaken <= entry.firstSend;
    }

    /** It was sent before its destination began to take events, so the failure says nothing of the event. */
    private static boolean isOfWorseTimes(Entry entry) {
        return entry.handed <= entry.destination.openedAt && !entry.forgiven;
    }

    /** Once at most, or a destination that comes and goes would let its events fail for ever. */
    private void forgive(Entry entry) {
        entry.forgiven = true;
        entry.suspect = false;
        sendAgain(entry);
    }

    /** The failure does not count, and others go on. */
    private void refused(Entry entry, boolean wasProbe, long now) {
        if (wasProbe || !entry.destination.refuses()) {
            destinations.hold(entry.destination, true, wasProbe ? occupied(entry, now) : 0, now);
        }
        entry.suspect = true;
        sendAgain(entry);
    }

    /** For how long the channel's client was held up. Whoever waits longer for an answer, as retries do, does not know. */
    private long occupied(Entry entry, long now) {
        return Math.min(now - entry.since, settings.sendTimeout().toNanos());
    }

    private void doubt(Entry entry, Verdict verdict, boolean wasProbe, long now) {
        boolean isNews = wasProbe || !entry.destination.hasFailed();
        entry.suspect |= verdict != Verdict.BROKER;
        if (isNews) {
            inRow++;
            destinations.hold(entry.destination, false, 0, now);
        }
        if (broker.isPaused()) {
            if (wasProbe) {
                broker.pause(now);
            }
            sendAgain(entry);
        } else if (isBrokers(entry, verdict)) {
            broker.pause(now);
            retry(entry);
        } else {
            sendAgain(entry);
        }
    }

    /** The oldest of those that are not passed over comes first again; what is passed over makes room for the next one. */
    private void sendAgain(Entry entry) {
        entry.state = State.COMMITTED;
        if (entry.destination.isPassedOver()) {
            entry.destination.triedTo = entry.isFromTable ? entry.seq : 0;
            holdings.passOver(entry);
            destinations.changed();
        } else if (entry.event.orderKey() != null) {
            // An operator may decide otherwise while it waits.
            lanes.askAgain(entry);
        } else {
            lanes.committed(entry);
        }
    }

    // --- retries

    private void retry(Entry entry) {
        entry.state = State.RETRYING;
        entry.destination.underWay++;
        retrying.add(entry);
    }

    @Nullable
    Entry firstToRetry() {
        return retrying.peek();
    }

    boolean isRetrying() {
        return !retrying.isEmpty();
    }

    private void endRetry(Entry entry) {
        if (retrying.remove(entry)) {
            entry.destination.underWay--;
            destinations.changed();
        }
    }

    /**
     * The retrier gave up on an event.
     *
     * @return whether the broker seems to be away
     */
    boolean retriesFailed(Entry entry, Failure failure, Throwable error, boolean answered, long now) {
        endRetry(entry);
        Verdict verdict = judge(entry, failure, error);
        if (verdict == Verdict.DESTINATION_OR_BROKER || verdict == Verdict.BROKER) {
            entry.suspect |= verdict != Verdict.BROKER;
            inRow++;
            destinations.hold(entry.destination, false, 0, now);
            sendAgain(entry);
            if (broker.isPaused() || isBrokers(entry, verdict)) {
                pauseAll(now);
                return true;
            }
        } else if (!answered && verdict != Verdict.DESTINATION && verdict != Verdict.CHANNEL) {
            entry.state = State.UNANSWERED;
        } else if (verdict == Verdict.PERHAPS_EVENT && isOfWorseTimes(entry)) {
            forgive(entry);
        } else {
            decide(verdict, entry, error, true, now);
        }
        return false;
    }

    /** As long as there is another destination to be tried, it may be this one alone. */
    private boolean isBrokers(Entry entry, Verdict verdict) {
        return verdict == Verdict.BROKER || inRow >= FEW || !destinations.offersAnother(entry.destination);
    }

    private void pauseAll(long now) {
        broker.pause(now);
        for (Entry each = retrying.peek(); each != null; each = retrying.peek()) {
            endRetry(each);
            sendAgain(each);
        }
    }

    // --- counted failures

    private void settle(Entry entry, Throwable error, boolean hopeless) {
        entry.suspect = false;
        entry.forgiven = false;
        entry.attempts++;
        entry.state = State.SETTLING;
        RetryPolicy policy = settings.retryOf(entry.event.type());
        boolean dead = hopeless || policy.isLast(entry.attempts);
        Duration delay = dead ? null : policy.delayAfter(entry.attempts, entry.event.id());
        settlements.add(new Settlement(entry, error, delay));
    }

    @Nullable
    Settlement nextSettlement() {
        Settlement next = settlements.poll();
        while (next != null && next.entry().state != State.SETTLING) {
            next = settlements.poll();
        }
        return next;
    }

    void unsettled(Settlement settlement) {
        settlements.addFirst(settlement);
    }

    boolean hasSettlements() {
        return !settlements.isEmpty();
    }

    // --- a send is taken

    /** The broker has what was sent under this number. */
    void taken(Entry entry, long send) {
        verdicts.taken(entry, send);
        inRow = 0;
        flights.end(entry);
        endRetry(entry);
        if (!entry.destination.isOpen()) {
            open(entry.destination);
        }
        if (broker.isPaused() || destinations.hasDoubts()) {
            resume();
        }
    }

    /** The broker has answered, though nobody waits for it. */
    void answered() {
        inRow = 0;
        if (broker.isPaused()) {
            resume();
        }
    }

    private void open(Destination destination) {
        boolean hadFailed = destination.hasFailed();
        destinations.open(destination);
        readAgain(destination);
        if (hadFailed) {
            holdings.askAgain(destination);
        }
        lanes.release(destination);
    }

    /** What waited through a pause, which may have been long, may have been given up by an operator meanwhile. */
    private void resume() {
        if (broker.isPaused()) {
            holdings.askAgain(null);
        }
        broker.resume();
        destinations.tryAgain().forEach(this::readAgain);
    }

    private void readAgain(Destination destination) {
        if (destination.isPassedOver()) {
            destinations.readAgain(destination);
            reads.overflow();
        }
    }

    void forgetAll() {
        retrying.clear();
        settlements.clear();
        inRow = 0;
    }
}
