package dev.posthorn.tck.archive;

import dev.posthorn.tck.fixture.DatabaseServer;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.TckSettings;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * An empty database for one application.
 *
 * @param dataSource the driver's data source class, which names the driver as well
 */
public record Database(Class<?> dataSource, String url, String user, String password) {

    /** A new one in the product that {@code tck.database} names. */
    public static Database create(String name) {
        return switch (TckSettings.database()) {
            case "h2" -> h2(name);
            case "derby" -> derby(name);
            default -> served(name.toLowerCase(Locale.ROOT));
        };
    }

    private static Database served(String name) {
        DatabaseServer server = Fixtures.database();
        server.createDatabase(name);
        return new Database(server.dataSource(), server.url(name), server.user(), DatabaseServer.PASSWORD);
    }

    /** An empty one, to which servers have connections that can be torn. */
    public static Database proxied(String name) {
        DatabaseServer server = Fixtures.database();
        server.createDatabase(name);
        return new Database(server.dataSource(), server.proxiedUrl(name), server.user(), DatabaseServer.PASSWORD);
    }

    /** The driver: several jars of Derby, one of any other. */
    public List<File> driver() {
        return isDerby() ? ClassPathJars.called("derby") : List.of(ClassPathJars.of(dataSource));
    }

    /** Derby's data source takes no URL. */
    boolean isDerby() {
        return dataSource == org.apache.derby.jdbc.EmbeddedDataSource.class;
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
        return new Database(org.h2.jdbcx.JdbcDataSource.class, url, "sa", DatabaseServer.PASSWORD);
    }

    /** In a directory, which is the server's alone while it runs. The name is what the data source takes. */
    private static Database derby(String name) {
        Path directory = TckSettings.directory("derby").resolve(name + "-" + System.nanoTime());
        return new Database(
                org.apache.derby.jdbc.EmbeddedDataSource.class,
                directory.toString(),
                "posthorn",
                DatabaseServer.PASSWORD);
    }
}
