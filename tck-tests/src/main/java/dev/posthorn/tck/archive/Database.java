package dev.posthorn.tck.archive;

import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.Postgres;
import dev.posthorn.tck.fixture.TckSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * An empty database for one application.
 *
 * @param dataSource the driver's data source class, which names the driver as well
 */
public record Database(Class<?> dataSource, String url, String user, String password) {

    private static final String PASSWORD = "posthorn";

    /** A new one in the product that {@code tck.database} names. */
    public static Database create(String name) {
        return switch (TckSettings.database()) {
            case "postgresql" -> postgresql(name.toLowerCase(Locale.ROOT));
            case "h2" -> h2(name);
            default -> throw new IllegalArgumentException("Unknown tck.database: " + TckSettings.database());
        };
    }

    /** An empty one in PostgreSQL, to which servers have connections that can be torn. */
    public static Database proxied(String name) {
        Postgres server = Fixtures.postgres();
        server.createDatabase(name);
        return new Database(
                org.postgresql.ds.PGSimpleDataSource.class, server.proxiedUrl(name), server.user(), PASSWORD);
    }

    /** From the test JVM, while no server uses it. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused: " + sql, e);
        }
    }

    private static Database postgresql(String name) {
        Postgres server = Fixtures.postgres();
        server.createDatabase(name);
        return new Database(org.postgresql.ds.PGSimpleDataSource.class, server.url(name), server.user(), PASSWORD);
    }

    /**
     * In a file, so that it survives its server, and without the delay in which H2 forgets what it has just committed;
     * automatic server mode lets two servers and the test share it.
     */
    private static Database h2(String name) {
        Path file = TckSettings.directory("h2").resolve(name + "-" + System.nanoTime());
        String url = "jdbc:h2:" + file + ";AUTO_SERVER=TRUE;WRITE_DELAY=0";
        return new Database(org.h2.jdbcx.JdbcDataSource.class, url, "sa", PASSWORD);
    }
}
