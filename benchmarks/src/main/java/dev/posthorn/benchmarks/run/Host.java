package dev.posthorn.benchmarks.run;

import java.util.Locale;
import java.util.Map;

/** The process of one or more variants, which has a database of its own. */
enum Host {
    /** With Posthorn. */
    PAYARA(""),
    /** With all yardsticks. */
    DIRECT("direct.DirectServer"),
    GRUELBOX("gruelbox.GruelboxServer"),
    MODULITH("modulith.ModulithServer"),
    NAMASTACK("namastack.NamastackServer"),
    DEBEZIUM("debezium.DebeziumServer");

    private static final String PACKAGE = "dev.posthorn.benchmarks.";

    private final String main;

    Host(String main) {
        this.main = main;
    }

    boolean isApplicationServer() {
        return main.isEmpty();
    }

    /** The class that starts a plain JVM. */
    String main() {
        return PACKAGE + main;
    }

    boolean isPeer() {
        return ordinal() >= GRUELBOX.ordinal();
    }

    /** What it needs of PostgreSQL. */
    Map<String, String> databaseSettings() {
        return this == DEBEZIUM ? Map.of("wal_level", "logical") : Map.of();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
