package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.load.Events;
import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.machine.ArtemisServer;
import dev.posthorn.benchmarks.machine.DatabaseServer;
import dev.posthorn.benchmarks.machine.KafkaServer;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.run.Scenario.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One server of each database and one broker, and for each setting the processes of the variants. */
final class Session implements AutoCloseable {

    private static final int PARTITIONS = 6;
    private static final int POOL = 50;
    private static final int WARM_UP_THREADS = 8;

    private final Path home;
    private final Path output;
    private final Options options;
    private final Set<Cluster> clusters = new LinkedHashSet<>();
    private final Map<Database, DatabaseServer> databaseServers = new EnumMap<>(Database.class);
    private final KafkaServer kafka;
    private final Map<Cluster, DatabaseCounters> databases = new HashMap<>();
    private final Expectation expectation = new Expectation();
    private final KafkaReceiver receiver;
    private final Optional<JmsBroker> jms;
    private int runs;

    /**
     * @param home what the build has put together
     * @param output where logs and profiles go
     */
    Session(Path home, Path output, Options options) throws Exception {
        this.home = home;
        this.output = output;
        this.options = options;
        options.variants().forEach(variant -> clusters.addAll(options.clusters(variant)));
        for (Database database : options.databases()) {
            databaseServers.put(database, database.start(options.data(), settings(database)));
        }
        for (Cluster cluster : clusters) {
            databases.put(cluster, createDatabase(cluster));
        }
        kafka = KafkaServer.start(options.data());
        kafka.createTopic(OrderPlaced.TOPIC, PARTITIONS);
        receiver = new KafkaReceiver(kafka.bootstrapServers(), expectation);
        jms = clusters.stream().anyMatch(cluster -> cluster.host().hasJms())
                ? Optional.of(JmsBroker.start(options.data(), expectation))
                : Optional.empty();
    }

    private Map<String, String> settings(Database database) {
        Map<String, String> settings = new TreeMap<>();
        clusters.stream()
                .filter(cluster -> cluster.database() == database)
                .forEach(cluster -> settings.putAll(cluster.host().databaseSettings()));
        return settings;
    }

    private DatabaseCounters createDatabase(Cluster cluster) throws SQLException {
        DatabaseCounters database = cluster.database().create(serverOf(cluster), cluster.label());
        for (String sql : cluster.host().databasePreparation(cluster.label())) {
            database.execute(sql);
        }
        return database;
    }

    private DatabaseServer serverOf(Cluster cluster) {
        return databaseServers.get(cluster.database());
    }

    String description() throws Exception {
        Set<String> descriptions = new TreeSet<>();
        for (DatabaseCounters database : databases.values()) {
            descriptions.add(database.description());
        }
        return "%s; %s; Kafka, acks=all"
                .formatted(Machine.description(options.data()), String.join("; ", descriptions));
    }

    void run(Consumer<Result> results) throws Exception {
        for (Setting setting : Scenario.settings(options)) {
            try (Servers servers = new Servers(home, output, options.data(), Profiling.jvmOptions(options.profile()))) {
                for (Cluster cluster : clusters) {
                    servers.start(cluster, setting, resources(cluster, setting));
                }
                for (Variant variant : options.variants()) {
                    for (Cluster cluster : options.clusters(variant)) {
                        warmUp(variant, cluster.nodes(), measurement(servers, cluster, variant));
                    }
                }
                for (Scenario scenario : Scenario.all(options, setting)) {
                    results.accept(run(servers, scenario));
                }
            }
        }
    }

    /** Events that arrived when their run was over: each is a duplicate that came late. */
    int strays() {
        return expectation.strays();
    }

    private Resources resources(Cluster cluster, Setting setting) {
        return new Resources(
                serverOf(cluster).url(cluster.label()),
                DatabaseCounters.USER,
                DatabaseCounters.USER,
                POOL,
                brokerOf(cluster).map(ArtemisServer::address).orElseGet(kafka::bootstrapServers),
                setting.lingerMillis());
    }

    /** Empty, if it is Kafka. */
    private Optional<ArtemisServer> brokerOf(Cluster cluster) {
        return jms.filter(any -> cluster.host().hasJms()).map(JmsBroker::server);
    }

    private void warmUp(Variant variant, int nodes, Measurement measurement) throws Exception {
        Events events = Events.each(nodes * options.warmUp() / options.warmUps());
        measurement.startRelay();
        for (int round = 0; round < options.warmUps(); round++) {
            measurement.warmUp(new LoadRequest(variant.request(), ++runs, events, WARM_UP_THREADS, 0));
        }
        measurement.stopRelay();
    }

    private Result run(Servers servers, Scenario scenario) throws Exception {
        Measurement measurement = measurement(servers, scenario.cluster(), scenario.variant());
        measurement.startRelay();
        Result result = scenario.shape().workload() == Workload.IDLE
                ? rest(measurement, scenario)
                : load(measurement, scenario);
        measurement.stopRelay();
        return result;
    }

    private Result rest(Measurement measurement, Scenario scenario) throws Exception {
        Machine.awaitQuiet(options.quiet());
        return measurement.rest(scenario, ++runs, options.seconds(), profiling(scenario));
    }

    private Result load(Measurement measurement, Scenario scenario) throws Exception {
        measurement.warmUp(scenario.prelude(++runs));
        Machine.awaitQuiet(options.quiet());
        LoadRequest load = scenario.load(options, ++runs);
        return scenario.shape().workload() == Workload.BACKLOG
                ? measurement.drain(scenario, load, profiling(scenario))
                : measurement.run(scenario, load, profiling(scenario));
    }

    private Measurement measurement(Servers servers, Cluster cluster, Variant variant) {
        long broker = brokerOf(cluster).map(ArtemisServer::pid).orElseGet(kafka::pid);
        return new Measurement(servers.of(cluster), databases.get(cluster), expectation, broker, variant);
    }

    private Profiling profiling(Scenario scenario) throws IOException {
        return Profiling.of(options.profile(), options.data(), output.resolve("profile-" + scenario.name()));
    }

    @Override
    public void close() throws Exception {
        receiver.close();
        jms.ifPresent(JmsBroker::close);
        kafka.close();
        for (DatabaseCounters each : databases.values()) {
            each.close();
        }
        databaseServers.values().forEach(DatabaseServer::close);
    }
}
