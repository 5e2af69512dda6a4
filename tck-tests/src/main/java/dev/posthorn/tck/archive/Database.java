package dev.posthorn.tck.archive;

import dev.posthorn.tck.fixture.DatabaseServer;
import dev.posthorn.tck.fixture.Fixtures;
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
        return TckSettings.hasDatabaseServer() ? served(name.toLowerCase(Locale.ROOT)) : h2(name);
    }

    private static Database served(String name) {
        DatabaseServer server = Fixtures.database();
        server.createDatabase(name);
        return new Database(server.dataSource(), server.url(name), server.user(), PASSWORD);
    }

    /** An empty one, to which servers have connections that can be torn. */
    public static Database proxied(String name) {
        DatabaseServer server = Fixtures.database();
        server.createDatabase(name);
        return new Database(server.dataSource(), server.proxiedUrl(name), server.user(), PASSWORD);
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
