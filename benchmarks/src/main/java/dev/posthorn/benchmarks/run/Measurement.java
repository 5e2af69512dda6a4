package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.LoadResult;
import dev.posthorn.benchmarks.machine.LoadServer;
import dev.posthorn.benchmarks.run.DatabaseCounters.Executed;
import dev.posthorn.benchmarks.run.Result.Percentiles;
import dev.posthorn.benchmarks.run.Result.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Makes one run and takes its figures; the same steps for every variant. */
final class Measurement {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration FOR_LATE_DUPLICATES = Duration.ofMillis(400);
    private static final int STATEMENTS_SHOWN = 10;

    private final LoadServer server;
    private final DatabaseCounters database;
    private final Receiver receiver;
    private final long kafka;
    private final Variant variant;

    /** @param kafka the broker's process */
    Measurement(LoadServer server, DatabaseCounters database, Receiver receiver, long kafka, Variant variant) {
        this.server = server;
        this.database = database;
        this.receiver = receiver;
        this.kafka = kafka;
        this.variant = variant;
    }

    /** A load that nobody looks at. */
    void warmUp(LoadRequest load) throws Exception {
        Arrivals arrivals = receiver.expect(load);
        server.load(load);
        awaitSettled(arrivals);
        if (variant.relays && (!arrivals.isComplete() || database.number(variant.unsettled()) > 0)) {
            throw new IllegalStateException("The warm-up of '" + variant.label() + "' did not come to its end: "
                    + arrivals.lost() + " events were not received. See the server's log.");
        }
        // The tables stay as they are: PostgreSQL would choose its plans for empty ones.
        database.execute("CHECKPOINT");
        Thread.sleep(FOR_LATE_DUPLICATES.toMillis());
    }

    /** @param profiling is told when the load begins and when all is settled */
    Result run(Scenario scenario, LoadRequest load, Profiling profiling) throws Exception {
        Arrivals arrivals = receiver.expect(load);
        long rows = rows();
        profiling.begin(server.pid());
        database.reset();
        long wal = database.walBytes();
        Spent before = Spent.now(server.pid(), database, kafka);
        LoadResult result = server.load(load);
        long settled = awaitSettled(arrivals);
        Spent spent = Spent.now(server.pid(), database, kafka).minus(before);
        wal = database.walBytes() - wal;
        List<Executed> executed = database.executed();
        profiling.end();
        Thread.sleep(FOR_LATE_DUPLICATES.toMillis());
        return result(
                scenario, load, result, arrivals, settled, spent, wal, sql(executed, load.orders()), rows() - rows);
    }

    private long rows() throws SQLException {
        return variant.relays ? database.number(variant.rows()) : 0;
    }

    /** Returns when it was seen that everything had been received and noted. */
    private long awaitSettled(Arrivals arrivals) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (variant.relays && !arrivals.isComplete() && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        while (variant.relays && database.number(variant.unsettled()) > 0 && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        return System.nanoTime();
    }

    private Result result(
            Scenario scenario,
            LoadRequest load,
            LoadResult times,
            Arrivals arrivals,
            long settled,
            Spent spent,
            long wal,
            Sql sql,
            long rowsLeft)
            throws SQLException {
        int n = load.orders();
        long first = Arrays.stream(times.begun()).min().orElseThrow();
        long last = Arrays.stream(times.committed()).max().orElseThrow();
        boolean relays = variant.relays;
        return new Result(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                variant,
                scenario.workload(),
                scenario.setting().retention().toString(),
                scenario.setting().lingerMillis(),
                load.threads(),
                scenario.pass(),
                n,
                perSecond(n, last - first),
                percentiles(differences(times.begun(), times.committed())),
                relays ? perSecond(n - arrivals.lost(), settled - first) : null,
                relays ? percentiles(differences(times.committed(), arrivals.at)) : null,
                sql,
                rounded((double) wal / n),
                spent.perEvent(n),
                rounded(spent.othersPercent()),
                rounded(times.heapPeak() / 1e6),
                relays ? arrivals.averageBytes() : null,
                relays ? arrivals.lost() : null,
                relays ? arrivals.duplicates() : null,
                relays ? arrivals.orderViolations() : null,
                relays ? database.number(variant.unsettled()) : null,
                relays ? rowsLeft : null);
    }

    static Sql sql(List<Executed> executed, int events) {
        List<Executed> statements =
                executed.stream().filter(each -> !each.isControl()).toList();
        double all = calls(statements);
        double background =
                calls(statements.stream().filter(Executed::isBackground).toList());
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
                                rounded((double) each.blocks() / each.calls())))
                        .toList());
    }

    private static double calls(List<Executed> executed) {
        return executed.stream().mapToLong(Executed::calls).sum();
    }

    static double perSecond(int count, long nanos) {
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
