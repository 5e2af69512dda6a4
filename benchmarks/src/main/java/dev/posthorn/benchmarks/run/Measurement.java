package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.LoadResult;
import dev.posthorn.benchmarks.run.DatabaseCounters.Executed;
import dev.posthorn.benchmarks.run.Result.Percentiles;
import dev.posthorn.benchmarks.run.Result.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Makes one run and takes its figures; the same steps for every variant. */
final class Measurement {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LEAST_PER_SECOND = 200;
    private static final Duration FOR_A_PAUSE = Duration.ofSeconds(3);
    /** After ten seconds without work, PostgreSQL's backends have told its statistics what they did before. */
    private static final Duration TO_COME_TO_REST = Duration.ofSeconds(11);

    private static final Duration FOR_LATE_DUPLICATES = Duration.ofMillis(400);
    private static final int STATEMENTS_SHOWN = 10;

    private final Nodes nodes;
    private final DatabaseCounters database;
    private final Expectation expectation;
    private final long broker;
    private final Variant variant;

    /** @param broker its process */
    Measurement(Nodes nodes, DatabaseCounters database, Expectation expectation, long broker, Variant variant) {
        this.nodes = nodes;
        this.database = database;
        this.expectation = expectation;
        this.broker = broker;
        this.variant = variant;
    }

    /** That of Posthorn always runs: it costs next to nothing where there are no events. */
    void startRelay() throws Exception {
        if (!variant.isPosthorn()) {
            nodes.relay(variant.request(), true);
        }
    }

    /** Lets the processors to others. */
    void stopRelay() throws Exception {
        if (!variant.isPosthorn()) {
            nodes.relay(variant.request(), false);
        }
    }

    /** A load that nobody looks at. */
    void warmUp(LoadRequest load) throws Exception {
        Arrivals arrivals = expectation.expect(load);
        nodes.load(load);
        awaitSettled(arrivals);
        if (variant.relays() && (!arrivals.isComplete() || unsettled() > 0)) {
            throw new IllegalStateException("The warm-up of '" + variant.label() + "' did not come to its end: "
                    + arrivals.lost() + " events were not received. See the server's log.");
        }
        for (long pid : nodes.pids()) {
            Machine.awaitCompiled(pid);
        }
        Machine.awaitCompiled(broker);
        // The tables stay as they are: PostgreSQL would choose its plans for empty ones.
        database.checkpoint();
        Thread.sleep(FOR_LATE_DUPLICATES.toMillis());
    }

    /** @param profiling is told when the load begins and when all is settled */
    Result run(Scenario scenario, LoadRequest load, Profiling profiling) throws Exception {
        Arrivals arrivals = expectation.expect(load);
        long rows = rows();
        Counters before = begin(profiling);
        LoadResult times = nodes.load(load);
        Counted counted = end(before, first(times), arrivals, profiling).withAllocated(times.allocated());
        Percentiles latency =
                variant.relays() ? percentiles(differences(perEvent(times.committed(), load), arrivals.at)) : null;
        return result(scenario, events(load), speed(load, times, arrivals, counted, latency), arrivals, counted, rows);
    }

    /** Lets all events wait for the relay, and then takes the figures of what it does: from the first event that comes. */
    Result drain(Scenario scenario, LoadRequest load, Profiling profiling) throws Exception {
        Arrivals arrivals = expectation.expect(load);
        long rows = rows();
        nodes.relay(variant.request(), false);
        Thread.sleep(FOR_A_PAUSE.toMillis());
        LoadResult times = nodes.load(load);
        if (arrivals.arrived() > 0) {
            throw new IllegalStateException("The relay of '" + variant.label() + "' did not wait");
        }
        if (!variant.outbox.makeDue().isEmpty()) {
            database.execute(variant.outbox.makeDue());
        }
        database.checkpoint();
        Counters before = begin(profiling);
        nodes.relay(variant.request(), true);
        awaitSettled(arrivals);
        Counted counted = end(before, arrivals.first(), arrivals, profiling);
        return result(scenario, events(load), speed(load, times, arrivals, counted, null), arrivals, counted, rows);
    }

    /** Takes the figures of a relay that has nothing to do. What counts per event elsewhere counts per second and node. */
    Result rest(Scenario scenario, int run, int seconds, Profiling profiling) throws Exception {
        Arrivals arrivals = expectation.expect(LoadRequest.nothing(run));
        Thread.sleep(TO_COME_TO_REST.toMillis());
        long rows = rows();
        Counters before = begin(profiling);
        long start = System.nanoTime();
        long transactions = database.transactions();
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        transactions = database.transactions() - transactions;
        Counted counted = end(before, start, arrivals, profiling);
        Speed speed = new Speed(perSecond(transactions, counted.nanos() * nodes.count()), null, null, null, 0);
        return result(scenario, seconds * nodes.count(), speed, arrivals, counted, rows);
    }

    /** What the times of a load say; those that mean nothing to a workload are missing. */
    private record Speed(
            double transactionsPerSecond,
            Percentiles transaction,
            Double eventsPerSecond,
            Percentiles latency,
            long heapPeak) {}

    private record Counters(long allocated, long wal, Spent spent) {}

    /** @param nanos in which the events came */
    private record Counted(long nanos, long allocated, long wal, Spent spent, List<Executed> executed) {

        /** By threads that have ended. */
        Counted withAllocated(long more) {
            return new Counted(nanos, allocated + more, wal, spent, executed);
        }
    }

    private Counters begin(Profiling profiling) throws Exception {
        profiling.begin(nodes.pids().get(0));
        long allocated = nodes.allocated();
        database.reset();
        return new Counters(allocated, database.walBytes(), Spent.now(nodes.pids(), database, broker));
    }

    private Counted end(Counters before, long first, Arrivals arrivals, Profiling profiling) throws Exception {
        long settled = awaitSettled(arrivals);
        Spent spent = Spent.now(nodes.pids(), database, broker).minus(before.spent());
        long wal = database.walBytes() - before.wal();
        List<Executed> executed = database.executed();
        long allocated = nodes.allocated() - before.allocated();
        Counted counted = new Counted(settled - first, allocated, wal, spent, executed);
        profiling.end();
        Thread.sleep(FOR_LATE_DUPLICATES.toMillis());
        return counted;
    }

    private long rows() throws SQLException {
        return database.number(variant.outbox.rows());
    }

    private long unsettled() throws SQLException {
        return database.number(variant.outbox.unsettled());
    }

    /** Returns when it was seen that everything had been received and noted. */
    private long awaitSettled(Arrivals arrivals) throws SQLException, InterruptedException {
        if (variant.relays()) {
            long deadline = System.nanoTime()
                    + PATIENCE.plusSeconds(arrivals.at.length / LEAST_PER_SECOND)
                            .toNanos();
            while (!arrivals.isComplete() && System.nanoTime() < deadline) {
                Thread.sleep(1);
            }
            while (unsettled() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
        }
        return System.nanoTime();
    }

    private int events(LoadRequest load) {
        return variant.hasNoEvents()
                ? load.events().transactions()
                : load.events().count();
    }

    private Speed speed(LoadRequest load, LoadResult times, Arrivals arrivals, Counted counted, Percentiles latency) {
        long last = Arrays.stream(times.committed()).max().orElseThrow();
        return new Speed(
                perSecond(load.events().transactions(), last - first(times)),
                percentiles(differences(times.begun(), times.committed())),
                variant.relays() ? perSecond(arrivals.arrived(), counted.nanos()) : null,
                latency,
                times.heapPeak());
    }

    private static long first(LoadResult times) {
        return Arrays.stream(times.begun()).min().orElseThrow();
    }

    /** @param rowsBefore how many there were before the run */
    private Result result(
            Scenario scenario, int events, Speed speed, Arrivals arrivals, Counted counted, long rowsBefore)
            throws SQLException {
        boolean relays = variant.relays();
        return new Result(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                variant,
                scenario.cluster().database(),
                scenario.shape().workload(),
                scenario.setting().retention().toString(),
                scenario.setting().lingerMillis(),
                nodes.count(),
                scenario.shape().threads(),
                scenario.shape().perTransaction(),
                scenario.shape().payload(),
                scenario.pass(),
                events,
                speed.transactionsPerSecond(),
                speed.transaction(),
                speed.eventsPerSecond(),
                speed.latency(),
                sql(counted.executed(), variant.outbox::isBeside, events),
                rounded((double) counted.wal() / events),
                counted.spent().perEvent(events),
                counted.spent().othersPercent(),
                counted.spent().stealPercent(),
                rounded(speed.heapPeak() / 1e6),
                rounded(counted.allocated() / 1e3 / events),
                relays ? arrivals.averageBytes() : null,
                relays ? arrivals.lost() : null,
                relays ? arrivals.duplicates() : null,
                relays ? arrivals.orderViolations() : null,
                relays ? unsettled() : null,
                relays ? rows() - rowsBefore : null);
    }

    private static long[] perEvent(long[] transactions, LoadRequest load) {
        return IntStream.range(0, load.events().count())
                .mapToLong(event -> transactions[event / load.events().perTransaction()])
                .toArray();
    }

    /** @param beside tells which statements are not those of the business transactions */
    static Sql sql(List<Executed> executed, Predicate<String> beside, int events) {
        List<Executed> statements =
                executed.stream().filter(each -> !each.isControl()).toList();
        double all = calls(statements);
        double background = calls(
                statements.stream().filter(each -> beside.test(each.query())).toList());
        return new Sql(
                rounded((all - background) / events),
                rounded(background / events),
                rounded(calls(executed.stream().filter(Executed::isBegin).toList()) / events),
                statements.stream()
                        .limit(STATEMENTS_SHOWN)
                        .map(each -> new Result.Statement(
                                each.query().replaceAll("\\s+", " "),
                                rounded((double) each.calls() / events),
                                rounded(each.micros() / events),
                                blocksPerCall(each)))
                        .toList());
    }

    private static Double blocksPerCall(Executed executed) {
        return executed.blocks() == null ? null : (Double) rounded((double) executed.blocks() / executed.calls());
    }

    private static double calls(List<Executed> executed) {
        return executed.stream().mapToLong(Executed::calls).sum();
    }

    static double perSecond(long count, long nanos) {
        return rounded(count * 1e9 / nanos);
    }

    private static long[] differences(long[] from, long[] to) {
        return IntStream.range(0, from.length)
                .filter(i -> to[i] != 0)
                .mapToLong(i -> to[i] - from[i])
                .sorted()
                .toArray();
    }

    private static Percentiles percentiles(long[] sorted) {
        if (sorted.length == 0) {
            return null;
        }
        return new Percentiles(
                millis(sorted[sorted.length / 2]),
                millis(sorted[(int) (sorted.length * 0.99)]),
                millis(sorted[sorted.length - 1]));
    }

    private static double millis(long nanos) {
        return rounded(nanos / 1e6);
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
