package dev.posthorn.tck.reliability;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.reliability.LedgerClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Writers, a consumer and a checker around whatever happens to the nodes. */
final class Experiment implements AutoCloseable {

    private static final int KEYS = 16;

    /** One burst in so many goes to a topic that may be missing or forbidden, if there is any. */
    private static final int ONE_ASTRAY = 8;

    private static final Duration GLANCE = Duration.ofMillis(250);

    private final Trial trial = Trial.withKeys(KEYS);
    private final Incidents incidents = new Incidents();
    private final LedgerTable tables;
    private final Destinations destinations;
    private final Follower follower;
    private final Optional<Receivers> receivers;
    private final Watch watch;
    private final Writers writers;

    private Experiment(Cluster cluster, LedgerTable tables, boolean receives, Duration pause, long seed) {
        this.tables = tables;
        new LedgerClient().open(cluster.url(0), trial.keys());
        tables.prepareLateRefusals();
        this.destinations = new Destinations(trial, cluster, Fixtures.broker().topics());
        this.follower = new Follower(Fixtures.broker().bootstrapServers(), LedgerApplication.TOPIC, trial.keyPrefix());
        this.receivers = receives ? Optional.of(new Receivers(trial, tables)) : Optional.empty();
        this.watch = Watch.start(tables, trial, incidents, FaultSettings.lag());
        this.writers = Writers.start(trial, cluster, this::aim, pause, seed);
    }

    private Aim aim(Random random) {
        Optional<Aim> astray = random.nextInt(ONE_ASTRAY) == 0 ? destinations.aim(random) : Optional.empty();
        return astray.orElseGet(() -> trial.aim(random));
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

    /** To which everything belongs that is done to nodes, database or broker. */
    Incidents incidents() {
        return incidents;
    }

    Destinations destinations() {
        return destinations;
    }

    Latencies latencies() {
        return writers.latencies();
    }

    Report.Load load() {
        return new Report.Load(
                writers.answers(Answer.COMMITTED), writers.answers(Answer.REFUSED), writers.answers(Answer.NONE));
    }

    /**
     * Waits, for so long at most, until nothing is unfinished but what goes to topics that are still bad: no event has anything else
     * to wait for. What is unfinished nevertheless is held up.
     */
    void drainBesideBadTopics(Duration patience) {
        await(patience, () -> tables.countUnfinished(trial.keyPrefix()) == 0);
        watch.heldUp(tables.unfinished(trial.keyPrefix()));
    }

    /** Waits until nothing is left to be done, for as long as that takes. */
    void drain(Duration patience) {
        await(patience, this::isDrained);
    }

    private static void await(Duration patience, BooleanSupplier condition) {
        long until = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && until - System.nanoTime() > 0) {
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
        watch.close();
        List<String> stuck = tables.unfinished(trial.name());
        Verdict published = new Checker(tables.committed(trial.name()))
                .confirmed(writers.confirmed())
                .confirmed(destinations.confirmed())
                .stuck(stuck)
                .check(deliveries(), incidents)
                .and(watch.verdict());
        return receivers
                .map(each -> published.and(each.verdict(tables.committed(trial.keyPrefix()), incidents)))
                .orElse(published);
    }

    /** Each key's in their order. */
    private List<Delivery> deliveries() {
        List<Delivery> deliveries = new ArrayList<>(follower.all());
        for (String topic : destinations.all()) {
            try (Follower late = new Follower(Fixtures.broker().bootstrapServers(), topic, topic)) {
                deliveries.addAll(late.all());
            }
        }
        return deliveries;
    }

    @Override
    public void close() {
        writers.close();
        watch.close();
        follower.close();
        receivers.ifPresent(Receivers::close);
    }
}
