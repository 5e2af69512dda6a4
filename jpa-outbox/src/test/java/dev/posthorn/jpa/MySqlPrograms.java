package dev.posthorn.jpa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's server, out of a jar, or the one that {@code mysql.mysqld} names. The one in the jar runs on Linux, and wants libaio and
 * libnuma there.
 */
final class MySqlPrograms {

    private static final String JAR_ENTRY = "/mysql-Linux-amd64.tar.gz";
    /** One with a summer time, until three o'clock on the last Sunday of October. */
    private static final String TIME_ZONE = "CET-1CEST,M3.5.0,M10.5.0/3";

    private static final String GIVEN = System.getProperty("mysql.mysqld", "");

    private static volatile @Nullable Process started;

    private MySqlPrograms() {}

    /** Whether they do, on this machine. */
    static boolean run() {
        return Unpacked.RUNS;
    }

    /** Answers the port. */
    static int start() {
        try {
            createData();
            int port = freePort();
            // As documented: with the default, REPEATABLE READ, inserts are now and then victims of deadlocks with gap
            // locks.
            Process server = mysqld("--port=" + port, "--transaction-isolation=READ-COMMITTED");
            started = server;
            Awaitility.await("MySQL's start")
                    .atMost(Duration.ofMinutes(3))
                    .failFast(() -> !server.isAlive())
                    .until(() -> answers(port));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createData() throws IOException {
        int exit = exit(mysqld("--initialize-insecure"));
        if (exit != 0) {
            throw new IllegalStateException("mysqld --initialize-insecure ended with " + exit + ":\n"
                    + Files.readString(Unpacked.DIRECTORY.resolve("log")));
        }
    }

    private static Process mysqld(String... arguments) throws IOException {
        Path data = Unpacked.DIRECTORY.resolve("data");
        List<String> command = new ArrayList<>(List.of(
                Unpacked.MYSQLD,
                "--no-defaults",
                "--datadir=" + data,
                "--socket=" + data.resolve("mysql.sock"),
                "--bind-address=127.0.0.1",
                "--mysqlx=OFF",
                "--secure-file-priv=NULL",
                // Nothing is replicated.
                "--disable-log-bin",
                // Otherwise the start makes a certificate and keys, which takes seconds of computing.
                "--auto-generate-certs=OFF",
                "--caching-sha2-password-auto-generate-rsa-keys=OFF",
                "--loose-sha256-password-auto-generate-rsa-keys=OFF"));
        if (GIVEN.isEmpty()) {
            command.add("--basedir=" + Unpacked.DIRECTORY);
            command.add("--lc-messages-dir=" + Unpacked.DIRECTORY.resolve("share"));
        }
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        command.addAll(List.of(arguments));
        return start(command);
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Unpacked.DIRECTORY.resolve("log").toFile()));
        builder.environment().put("TZ", TIME_ZONE);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void end() {
        Process server = started;
        if (server != null) {
            exit(server.destroyForcibly());
        }
        try (Stream<Path> files = Files.walk(Unpacked.DIRECTORY)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int exit(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** In a directory of its own, since several builds may run on one machine; it goes with the JVM. */
    private static final class Unpacked {

        static final Path DIRECTORY = directory();
        static final String MYSQLD =
                GIVEN.isEmpty() ? DIRECTORY.resolve("bin/mysqld").toString() : GIVEN;
        static final boolean RUNS = runs();

        private static Path directory() {
            try {
                Path directory = Files.createTempDirectory("posthorn-mysql");
                Runtime.getRuntime().addShutdownHook(new Thread(MySqlPrograms::end));
                if (GIVEN.isEmpty()) {
                    unpack(directory);
                }
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void unpack(Path directory) throws IOException {
            Process tar = new ProcessBuilder("tar", "xz", "-C", directory.toString()).start();
            try (InputStream jar =
                            Objects.requireNonNull(MySqlPrograms.class.getResourceAsStream(JAR_ENTRY), JAR_ENTRY);
                    var in = tar.getOutputStream()) {
                jar.transferTo(in);
            }
            exit(tar);
        }

        private static boolean runs() {
            try {
                return exit(start(List.of(MYSQLD, "--version"))) == 0;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
