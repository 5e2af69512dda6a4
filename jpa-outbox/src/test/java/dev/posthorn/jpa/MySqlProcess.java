package dev.posthorn.jpa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** MySQL's programs, from a jar, and a server of its own in temporary directories. */
final class MySqlProcess {

    private static final String PROGRAMS = "/mysql-Linux-amd64.tar.gz";

    private MySqlProcess() {}

    /** Whether this machine is one for the programs in the jar, and has the libraries they need. */
    static boolean canRun() {
        return Unpacked.RUNS;
    }

    /** Answers the port. */
    static int start() {
        try {
            Path data = Unpacked.DIRECTORY.resolve("data");
            run(data, "--initialize-insecure");
            int port = freePort();
            Process server = command(
                            data,
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--socket=" + data.resolve("mysql.sock"),
                            // As documented: with the default, REPEATABLE READ, inserts are now and then victims of
                            // deadlocks with gap locks.
                            "--transaction-isolation=READ-COMMITTED")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            Awaitility.await("MySQL's start")
                    .atMost(Duration.ofMinutes(3))
                    .failFast(() -> !server.isAlive())
                    .until(() -> answers(port));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path data, String argument) throws IOException {
        int exit = waitFor(command(data, argument).start());
        if (exit != 0) {
            throw new IllegalStateException("mysqld " + argument + " ended with " + exit + ": "
                    + Files.readString(Unpacked.DIRECTORY.resolve("log")));
        }
    }

    private static ProcessBuilder command(Path data, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Unpacked.DIRECTORY.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + Unpacked.DIRECTORY,
                "--lc-messages-dir=" + Unpacked.DIRECTORY.resolve("share"),
                "--datadir=" + data,
                "--skip-mysqlx",
                // Written for replicas, which there are none of.
                "--skip-log-bin",
                // Otherwise the start makes a certificate and keys, which takes computing.
                "--auto-generate-certs=OFF",
                "--caching-sha2-password-auto-generate-rsa-keys=OFF",
                "--sha256-password-auto-generate-rsa-keys=OFF"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Unpacked.DIRECTORY.resolve("log").toFile()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void stop(Process server) {
        server.destroyForcibly();
        waitFor(server);
        delete(Unpacked.DIRECTORY);
    }

    private static void delete(Path directory) {
        try {
            waitFor(new ProcessBuilder("rm", "-r", directory.toString()).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Of its own, since several builds may run on one machine. */
    private static final class Unpacked {

        static final Path DIRECTORY = unpack();
        static final boolean RUNS = runs();

        private static Path unpack() {
            try {
                Path directory = Files.createTempDirectory("posthorn-mysql");
                Process tar = new ProcessBuilder("tar", "xz", "-C", directory.toString()).start();
                try (InputStream programs =
                                Objects.requireNonNull(MySqlProcess.class.getResourceAsStream(PROGRAMS), PROGRAMS);
                        var in = tar.getOutputStream()) {
                    programs.transferTo(in);
                }
                waitFor(tar);
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean runs() {
            try {
                return waitFor(new ProcessBuilder(DIRECTORY.resolve("bin/mysqld").toString(), "--version")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start())
                        == 0;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
