package dev.posthorn.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** PostgreSQL. */
public interface Postgres extends DatabaseServer {

    String SUPERUSER = "postgres";

    /** Those of a server for production, as far as they matter here; no checkpoint falls into a run. */
    Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_preload_libraries", "pg_stat_statements",
            "pg_stat_statements.track", "top",
            "shared_buffers", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min",
            "max_connections", "400",
            "listen_addresses", "127.0.0.1");

    /** The machine's own, from Debian's package, or else one that the build brings. */
    static Postgres start(Path directory, Map<String, String> moreSettings) throws IOException {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.putAll(moreSettings);
        return InstalledPostgres.isThere()
                ? InstalledPostgres.start(directory, settings)
                : BundledPostgres.start(directory, settings);
    }

    int port();

    @Override
    default String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    static long pidIn(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }
}
