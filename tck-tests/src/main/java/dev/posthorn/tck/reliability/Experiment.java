package dev.posthorn.tck.reliability;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.reliability.LedgerClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Writers, a consumer and a checker around whatever happens to the nodes. */
final class Experiment implements AutoCloseable {

    private static final int KEYS = 16;
    private static final int WRITERS = 6;
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final Trial trial = Trial.withKeys(KEYS);
    private final LedgerTable tables;
    private final Follower follower;
    private final Optional<Receivers> receivers;
    private final Writers writers;
    private Instant quietUntil = Instant.MIN;

    private Experiment(Cluster cluster, LedgerTable tables, boolean receives, Duration pause, long seed) {
        this.tables = tables;
        new LedgerClient().open(cluster.url(0), trial);
        this.follower = new Follower(Fixtures.broker().bootstrapServers(), LedgerApplication.TOPIC, trial.name());
        this.receivers = receives ? Optional.of(new Receivers(trial, tables)) : Optional.empty();
        this.writers = Writers.start(trial, cluster, WRITERS, pause, seed);
    }

    /** With nodes that receive what they publish. */
    static Experiment start(Cluster cluster, LedgerTable tables, long seed) {
        return new Experiment(cluster, tables, true, FaultSettings.pauseOfWriters(), seed);
    }

    /**
     * With nodes that publish, and receive nothing.
     *
     * @param pause of each writer after each burst of transactions
     */
    static Experiment withoutReceivers(Cluster cluster, LedgerTable tables, Duration pause, long seed) {
        return new Experiment(cluster, tables, false, pause, seed);
    }

    /** Nothing happens for so long, and so nothing may be sent twice. */
    void keepQuiet(Duration length) {
        LockSupport.parkNanos(length.toNanos());
        quietUntil = Instant.now();
    }

    void awaitWrites(int further) {
        int enough = writers.confirmed().size() + further;
        long until = System.nanoTime() + TckSettings.patience().toNanos();
        while (writers.confirmed().size() < enough) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException(
                        "The writers are stuck at " + writers.confirmed().size());
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    /** Stops the writers. */
    void endOfLoad() {
        writers.close();
    }

    Trial trial() {
        return trial;
    }

    Latencies latencies() {
        return writers.latencies();
    }

    Report.Load load() {
        return new Report.Load(
                writers.answers(Answer.COMMITTED), writers.answers(Answer.REFUSED), writers.answers(Answer.NONE));
    }

    /** Waits until nothing is left to be done, for as long as that takes. */
    void drain(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (!isDrained() && until - System.nanoTime() > 0) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    /** The rows are looked at again at last, since what receivers do may fire more events. */
    private boolean isDrained() {
        return tables.countUnfinished(trial.name()) == 0
                && receivers.stream().allMatch(Receivers::areDone)
                && tables.countUnfinished(trial.name()) == 0;
    }

    /** After {@link #endOfLoad} and {@link #drain}. */
    Verdict verdict() {
        List<String> stuck = tables.unfinished(trial.name());
        List<Delivery> deliveries = follower.all();
        List<Committed> committed = tables.committed(trial);
        Verdict published = new Checker(committed)
                .confirmed(writers.confirmed())
                .stuck(stuck)
                .check(deliveries, quietUntil);
        return receivers
                .map(each -> published.and(each.verdict(committed, quietUntil)))
                .orElse(published);
    }

    @Override
    public void close() {
        writers.close();
        follower.close();
        receivers.ifPresent(Receivers::close);
    }
}
