package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.Application;
import dev.posthorn.benchmarks.machine.DatabaseServer;
import dev.posthorn.benchmarks.machine.KafkaServer;
import dev.posthorn.benchmarks.machine.LoadServer;
import dev.posthorn.benchmarks.machine.Payara;
import dev.posthorn.benchmarks.plain.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One database, one broker and one server, where each variant finds a backlog in turn. */
final class ReceivingSession implements AutoCloseable {

    private static final int PARTITIONS = 6;
    private static final int POOL = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration FOR_LATE_REPETITIONS = Duration.ofMillis(400);

    private static final Pattern BESIDE = Pattern.compile("(?is)^(?!insert\\b).*\\bposthorn_\\w+.*");

    private final Path output;
    private final ReceivingOptions options;
    private final DatabaseServer postgres;
    private final DatabaseCounters database;
    private final KafkaServer kafka;
    private final LoadServer server;
    private final Backlog backlog;
    private long nextId;

    /**
     * @param home what the build has put together
     * @param output where logs and profiles go
     */
    ReceivingSession(Path home, Path output, ReceivingOptions options) throws Exception {
        this.output = output;
        this.options = options;
        postgres = Database.POSTGRESQL.start(options.data(), Map.of());
        database = Database.POSTGRESQL.create(postgres, "shipping");
        kafka = KafkaServer.start(options.data());
        for (ReceivingVariant variant : ReceivingVariant.values()) {
            kafka.createTopic(variant.label(), PARTITIONS);
        }
        backlog = new Backlog(kafka.bootstrapServers(), options.keys());
        Resources resources = new Resources(
                postgres.url("shipping"),
                DatabaseCounters.USER,
                DatabaseCounters.USER,
                POOL,
                kafka.bootstrapServers(),
                0);
        server = Payara.start(
                home,
                Files.createDirectories(output.resolve("payara")),
                Application.shipping(resources, options.parallelism(), options.inFlight()),
                resources,
                Profiling.jvmOptions(options.profile()));
    }

    String description() throws Exception {
        return "%s; %s; %d events of 1 kB with %d keys; posthorn.inbox.parallelism=%d, in-flight.max-events=%d"
                .formatted(
                        Machine.description(options.data()),
                        database.description(),
                        options.events(),
                        options.keys(),
                        options.parallelism(),
                        options.inFlight());
    }

    void run(Consumer<ReceivingResult> results) throws Exception {
        for (ReceivingVariant variant : options.variants()) {
            ReceivingResult warmUp = measure(variant, 0, options.warmUp(), Profiling.NONE);
            if (!warmUp.problem().isEmpty()) {
                throw new IllegalStateException("The warm-up of '" + variant.label() + "' did not come to its end: "
                        + warmUp.problem() + ". See the server's log.");
            }
        }
        for (int pass = 1; pass <= options.passes(); pass++) {
            for (ReceivingVariant variant : options.variants()) {
                Path profile = output.resolve("profile-" + variant.label() + "-" + pass);
                Machine.awaitQuiet(options.quiet());
                results.accept(measure(
                        variant, pass, options.events(), Profiling.of(options.profile(), options.data(), profile)));
            }
        }
    }

    private ReceivingResult measure(ReceivingVariant variant, int pass, int events, Profiling profiling)
            throws Exception {
        long firstId = nextId;
        nextId += events;
        backlog.write(variant, firstId, events);
        database.checkpoint();
        long handledBefore = server.handled(variant.label(), 0);
        long notedBefore = noted(variant);
        profiling.begin(server.pid());
        database.reset();
        long wal = database.walBytes();
        Spent before = Spent.now(List.of(server.pid()), database, kafka.pid());
        long start = backlog.show();
        server.handled(variant.label(), handledBefore + events);
        awaitCommitted(variant, firstId, events, notedBefore);
        long end = System.nanoTime();
        Spent spent = Spent.now(List.of(server.pid()), database, kafka.pid()).minus(before);
        wal = database.walBytes() - wal;
        Result.Sql sql = Measurement.sql(database.executed(), ReceivingSession::isBeside, events);
        profiling.end();
        Thread.sleep(FOR_LATE_REPETITIONS.toMillis());
        return new ReceivingResult(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                variant,
                pass,
                events,
                Measurement.perSecond(events, end - start),
                sql,
                Measurement.rounded((double) wal / events),
                spent.perEvent(events),
                spent.othersPercent(),
                spent.stealPercent(),
                server.handled(variant.label(), 0) - handledBefore,
                variant.writes ? rows(firstId, events) : -1,
                variant.once ? noted(variant) - notedBefore : -1);
    }

    /** Handlers have returned when their events are counted, but their transactions may not have ended. */
    private void awaitCommitted(ReceivingVariant variant, long firstId, int events, long notedBefore)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (variant.writes && rows(firstId, events) < events && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        while (variant.once && noted(variant) - notedBefore < events && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
    }

    private long rows(long firstId, int events) throws SQLException {
        return database.number(
                "SELECT count(*) FROM parcel WHERE id BETWEEN %d AND %d".formatted(firstId, firstId + events - 1));
    }

    private long noted(ReceivingVariant variant) throws SQLException {
        return variant.once
                ? database.number("SELECT count(*) FROM posthorn_inbox WHERE state = 1 AND channel = '%s'"
                        .formatted(variant.label()))
                : 0;
    }

    /** What touches Posthorn's tables without inserting. */
    private static boolean isBeside(String sql) {
        return BESIDE.matcher(sql).matches();
    }

    @Override
    public void close() throws Exception {
        server.close();
        backlog.close();
        kafka.close();
        database.close();
        postgres.close();
    }
}
