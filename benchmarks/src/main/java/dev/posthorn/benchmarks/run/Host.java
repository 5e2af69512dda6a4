package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.Application;
import dev.posthorn.benchmarks.machine.ApplicationServer;
import dev.posthorn.benchmarks.machine.LoadServer;
import dev.posthorn.benchmarks.machine.PlainJvm;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.run.Scenario.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The process of one or more variants, which has a database of its own. */
enum Host {
    /** With Posthorn. */
    PAYARA(ApplicationServer.PAYARA, "smallrye-kafka"),
    WILDFLY(ApplicationServer.WILDFLY, "smallrye-kafka"),
    LIBERTY(ApplicationServer.LIBERTY, "liberty-kafka"),
    /** With all yardsticks. */
    DIRECT("direct.DirectServer"),
    GRUELBOX("gruelbox.GruelboxServer"),
    MODULITH("modulith.ModulithServer"),
    NAMASTACK("namastack.NamastackServer"),
    DEBEZIUM("debezium.DebeziumServer"),
    /** Without Posthorn; its broker is Artemis. */
    WILDFLY_JMS(ApplicationServer.WILDFLY_WITH_ARTEMIS);

    private static final String PACKAGE = "dev.posthorn.benchmarks.";

    private final Start start;

    /** Posthorn's. */
    Host(ApplicationServer server, String kafkaConnector) {
        start = (home, directory, setting, resources, options) -> server.start(
                home, directory, Application.shop(kafkaConnector, resources, setting.retention()), resources, options);
    }

    /** A plain JVM. */
    Host(String main) {
        start = (home, directory, setting, resources, options) ->
                PlainJvm.start(PACKAGE + main, classPath(home), directory, resources, options);
    }

    Host(ApplicationServer server) {
        start = (home, directory, setting, resources, options) ->
                server.start(home, directory, Application.jms(), resources, options);
    }

    private interface Start {

        LoadServer start(Path home, Path directory, Setting setting, Resources resources, List<String> options)
                throws IOException;
    }

    /**
     * @param home what the build has put together
     * @param directory for what is its own
     * @param options more options for the JVM
     */
    LoadServer start(Path home, Path directory, Setting setting, Resources resources, List<String> options)
            throws IOException {
        return start.start(home, directory, setting, resources, options);
    }

    private String classPath(Path home) {
        return home.resolve(isPeer() ? "posthorn-benchmarks-" + label() : "lib") + "/*";
    }

    private boolean isPeer() {
        return ordinal() > DIRECT.ordinal();
    }

    /** An application server with the application that has Posthorn. */
    boolean hasPosthorn() {
        return ordinal() < DIRECT.ordinal();
    }

    /** What it needs of PostgreSQL. */
    Map<String, String> databaseSettings() {
        return switch (this) {
            case DEBEZIUM -> Map.of("wal_level", "logical");
            case WILDFLY_JMS -> Map.of("max_prepared_transactions", "100");
            default -> Map.of();
        };
    }

    /**
     * Statements for a new database. PREPARE TRANSACTION names another transaction each time, which the extension that counts statements
     * takes for another statement, and is soon busy with forgetting them: it is to count those alone that touch data.
     */
    List<String> databasePreparation(String database) {
        return hasJms()
                ? List.of("ALTER DATABASE %s SET pg_stat_statements.track_utility = off".formatted(database))
                : List.of();
    }

    /** Whether its transactions are Artemis's, too, and committed in two phases. */
    boolean hasJms() {
        return this == WILDFLY_JMS;
    }

    /**
     * What its JVM needs beside what all of them do.
     *
     * @param data for what has to be on disk when a transaction ends: the log of transactions of two phases
     */
    List<String> jvmOptions(Path data) {
        return hasJms() ? List.of("-Djboss.server.data.dir=" + data) : List.of();
    }

    static Host of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
