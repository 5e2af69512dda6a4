package dev.posthorn.tck.reliability;

import dev.posthorn.tck.fixture.DatabaseServer;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.trouble.Trouble;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets faults happen, several at once but to each victim one, and cures every one of them. */
final class Injector {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration DELAY = Duration.ofSeconds(2);

    private final KafkaBroker broker = Fixtures.broker();
    private final DatabaseServer database = Fixtures.database();
    private final Cluster cluster;
    private final LedgerTable tables;
    private final Trial trial;
    private final Destinations destinations;
    private final Incidents incidents;
    private final Operators operators;
    private final Nuisance nuisance;
    private final Set<String> victims = ConcurrentHashMap.newKeySet();
    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);

    Injector(Cluster cluster, LedgerTable tables, Experiment experiment) {
        this.cluster = cluster;
        this.tables = tables;
        this.trial = experiment.trial();
        this.destinations = experiment.destinations();
        this.incidents = experiment.incidents();
        this.operators = new Operators(cluster);
        this.nuisance = new Nuisance(cluster);
    }

    /**
     * Returns when the last fault is cured. Where victims take long to get over theirs, it ends in time nevertheless: faults that would
     * come too late don't happen, except that each kind happens once.
     */
    void run(List<Strike> schedule) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            long start = System.nanoTime();
            for (Strike each : schedule) {
                sleepUntil(start + each.after().toNanos());
                if (isInTime(start, schedule) || !happened.containsKey(each.fault())) {
                    strike(each, threads);
                }
            }
        } finally {
            awaitCures(threads);
        }
    }

    private static boolean isInTime(long start, List<Strike> schedule) {
        Duration last = schedule.get(schedule.size() - 1).after();
        return System.nanoTime() - start <= last.plus(DELAY).toNanos();
    }

    private static void sleepUntil(long time) {
        while (time - System.nanoTime() > 0) {
            LockSupport.parkNanos(time - System.nanoTime());
        }
    }

    private void strike(Strike planned, ExecutorService threads) {
        Strike strike = onFreeVictim(planned);
        System.out.println("FAULT " + strike);
        happened.merge(strike.fault(), 1, Integer::sum);
        threads.execute(() -> {
            try (Incidents.Incident incident = incidents.begin(strike.fault(), keyOf(strike))) {
                happen(strike);
            } catch (SQLException e) {
                System.out.println("FAULT " + strike + " ended early: " + e.getMessage());
            } catch (RuntimeException e) {
                System.out.println("FAULT " + strike + " failed: " + e);
            } finally {
                victims.remove(strike.victim());
            }
        });
    }

    /** If the victim has not got over its last fault: the same for another node, or as soon as it has. */
    private Strike onFreeVictim(Strike planned) {
        Strike strike = planned;
        while (!victims.add(strike.victim())) {
            strike = strike.onNode((strike.node() + 1) % cluster.size());
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        return strike;
    }

    private void happen(Strike strike) throws SQLException {
        switch (strike.fault()) {
            case KILL_NODE -> {
                cluster.node(strike.node()).kill9();
                untilDone(strike, cluster.node(strike.node())::start);
            }
            case RESTART_NODE -> {
                cluster.node(strike.node()).stop();
                untilDone(strike, cluster.node(strike.node())::start);
            }
            case FREEZE_NODE -> during(strike, cluster.node(strike.node())::freeze, cluster.node(strike.node())::thaw);
            case RESTART_DATABASE -> during(strike, database::stop, database::start);
            case KILL_DATABASE -> during(strike, database::kill, database::start);
            case KILL_BROKER, LONE_OUTAGE -> during(strike, broker::kill, broker::start);
            case FREEZE_BROKER -> during(strike, broker::freeze, broker::thaw);
            case LOCK_OUTBOX -> tables.lock("posthorn_outbox", strike.length());
            case LOCK_SETTLED -> tables.lock("posthorn_settled", strike.length());
            case LOCK_INBOX -> tables.lock("posthorn_inbox", strike.length());
            case LOCK_NODES -> tables.lock("posthorn_node", strike.length());
            case RESET_DATABASE_CONNECTIONS -> database.proxy().resetAll();
            case RESET_BROKER_CONNECTIONS -> broker.proxy().resetAll();
            case FREEZE_DATABASE_CONNECTIONS -> during(strike, database.proxy()::freezeHalf, database.proxy()::thaw);
            case FREEZE_BROKER_CONNECTIONS -> during(strike, broker.proxy()::freezeHalf, broker.proxy()::thaw);
            default -> happenSoftly(strike, strike.node());
        }
    }

    /** The one that it happens to, if it happens to one. */
    private String keyOf(Strike strike) {
        return trial.keys().get((int) (strike.after().toMillis() % trial.keys().size()));
    }

    private void happenSoftly(Strike strike, int node) {
        String key = keyOf(strike);
        switch (strike.fault()) {
            case PAUSE_OUTBOX -> during(strike, () -> operators.pauseOutbox(node), () -> operators.resumeOutbox(node));
            case PAUSE_INBOX -> during(strike, () -> operators.pauseInbox(node), () -> operators.resumeInbox(node));
            case PARK_OUTBOX_KEY ->
                during(strike, () -> operators.parkInOutbox(node, key), () -> operators.releaseInOutbox(node, key));
            case PARK_INBOX_KEY ->
                during(strike, () -> operators.parkInInbox(node, key), () -> operators.releaseInInbox(node, key));
            case REQUEUE -> operators.requeue(node);
            case DRAIN -> operators.drain(node, strike.length());
            case MISSING_TOPIC -> {
                String topic = destinations.miss();
                during(strike, () -> {}, () -> destinations.create(topic));
            }
            case FORBIDDEN_TOPIC -> during(strike, destinations::forbid, destinations::allow);
            case OBSERVERS_HANG -> nuisance.begin(node, Trouble.OBSERVERS_HANG, strike.length());
            case OBSERVERS_THROW -> nuisance.begin(node, Trouble.OBSERVERS_THROW, strike.length());
            case HANDLERS_THROW -> nuisance.begin(node, Trouble.HANDLERS_THROW, strike.length());
            default -> throw new IllegalArgumentException("Unknown fault: " + strike);
        }
    }

    private static void during(Strike strike, Runnable fault, Runnable cure) {
        try {
            fault.run();
            LockSupport.parkNanos(strike.length().toNanos());
        } finally {
            untilDone(strike, cure);
        }
    }

    /** What needs something else that is away, or a machine that is busy, may take several attempts. */
    private static void untilDone(Strike strike, Runnable cure) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                cure.run();
                return;
            } catch (RuntimeException e) {
                if (System.nanoTime() - until > 0) {
                    throw e;
                }
                System.out.println("FAULT " + strike + ": its cure has failed and is tried again: " + e.getMessage());
            }
        }
    }

    private static void awaitCures(ExecutorService threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.multipliedBy(2).toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("A fault is not cured");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before all faults were cured", e);
        }
    }

    Map<Fault, Integer> happened() {
        return happened;
    }
}
