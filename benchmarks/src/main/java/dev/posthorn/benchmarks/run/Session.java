package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.machine.Application;
import dev.posthorn.benchmarks.machine.Direct;
import dev.posthorn.benchmarks.machine.KafkaServer;
import dev.posthorn.benchmarks.machine.LoadServer;
import dev.posthorn.benchmarks.machine.Payara;
import dev.posthorn.benchmarks.machine.Postgres;
import dev.posthorn.benchmarks.machine.Resources;
import dev.posthorn.benchmarks.run.Scenario.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** One database and one broker, and for each setting a server and the process of the yardsticks. */
final class Session implements AutoCloseable {

    private static final int PARTITIONS = 6;
    private static final int POOL = 50;
    private static final int WARM_UP_THREADS = 8;

    private final Path home;
    private final Path output;
    private final Options options;
    private final Postgres postgres;
    private final KafkaServer kafka;
    private final Map<Variant, DatabaseCounters> databases = new EnumMap<>(Variant.class);
    private final Receiver receiver;
    private int runs;

    /**
     * @param home what the build has put together
     * @param output where logs and profiles go
     */
    Session(Path home, Path output, Options options) throws Exception {
        this.home = home;
        this.output = output;
        this.options = options;
        postgres = Postgres.start(options.data());
        DatabaseCounters shop = DatabaseCounters.create(postgres, Variant.WITH.database);
        DatabaseCounters direct = DatabaseCounters.create(postgres, Variant.DIRECT.database);
        for (Variant variant : Variant.values()) {
            databases.put(variant, variant.onPayara ? shop : direct);
        }
        kafka = KafkaServer.start(options.data());
        kafka.createTopic(OrderPlaced.TOPIC, PARTITIONS);
        receiver = new Receiver(kafka.bootstrapServers());
    }

    String description() throws Exception {
        return "%s; PostgreSQL %s (%s), fsync and synchronous_commit on; Kafka, acks=all"
                .formatted(
                        Machine.description(options.data()),
                        databases.get(Variant.WITH).version(),
                        postgres.origin());
    }

    void run(Consumer<Result> results) throws Exception {
        for (Setting setting : Scenario.settings(options)) {
            try (LoadServer payara = startPayara(setting);
                    LoadServer direct = startDirect(setting)) {
                Map<Variant, LoadServer> servers = new EnumMap<>(Variant.class);
                options.variants().forEach(variant -> servers.put(variant, variant.onPayara ? payara : direct));
                warmUp(servers);
                for (Scenario scenario : Scenario.all(options, setting)) {
                    results.accept(run(scenario, servers.get(scenario.variant())));
                }
            }
        }
    }

    /** Events that arrived when their run was over: each is a duplicate that came late. */
    int strays() {
        return receiver.strays();
    }

    private LoadServer startPayara(Setting setting) throws IOException {
        Path directory = directory("payara", setting);
        Application shop = Application.shop(kafka.bootstrapServers(), setting.lingerMillis(), setting.retention());
        return Payara.start(
                home, directory, shop, resources(Variant.WITH, setting), Profiling.jvmOptions(options.profile()));
    }

    private LoadServer startDirect(Setting setting) throws IOException {
        return Direct.start(directory("direct", setting), resources(Variant.DIRECT, setting));
    }

    private Path directory(String name, Setting setting) throws IOException {
        return Files.createDirectories(
                output.resolve("%s-%s-linger%d".formatted(name, setting.retention(), setting.lingerMillis())));
    }

    private Resources resources(Variant variant, Setting setting) {
        return new Resources(
                postgres.url(variant.database),
                DatabaseCounters.USER,
                DatabaseCounters.USER,
                POOL,
                kafka.bootstrapServers(),
                setting.lingerMillis());
    }

    private void warmUp(Map<Variant, LoadServer> servers) throws Exception {
        for (Variant variant : servers.keySet()) {
            measurement(variant, servers.get(variant))
                    .warmUp(new LoadRequest(variant.label(), ++runs, options.warmUp(), WARM_UP_THREADS, 0, 1));
        }
    }

    private Result run(Scenario scenario, LoadServer server) throws Exception {
        Measurement measurement = measurement(scenario.variant(), server);
        measurement.warmUp(scenario.prelude(++runs));
        Machine.awaitQuiet(options.quiet());
        return measurement.run(scenario, scenario.load(options, ++runs), profiling(scenario));
    }

    private Measurement measurement(Variant variant, LoadServer server) {
        return new Measurement(server, databases.get(variant), receiver, kafka.pid(), variant);
    }

    private Profiling profiling(Scenario scenario) throws IOException {
        return Profiling.of(options.profile(), options.data(), output.resolve("profile-" + scenario.name()));
    }

    @Override
    public void close() throws Exception {
        receiver.close();
        kafka.close();
        databases.get(Variant.WITH).close();
        databases.get(Variant.DIRECT).close();
        postgres.close();
    }
}
