package dev.posthorn.benchmarks.machine;

import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The binaries of Debian's package {@code postgresql}, on a data directory of our own. */
record InstalledPostgres(ChildProcess process, int port, String origin) implements Postgres {

    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");

    static boolean isThere() {
        return binaries().isPresent();
    }

    /** The newest of several versions. */
    private static Optional<Path> binaries() {
        if (!Files.isDirectory(INSTALLATIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InstalledPostgres start(Path directory, Map<String, String> settings) throws IOException {
        Path bin = binaries().orElseThrow();
        Path data = Files.createDirectories(directory.resolve("postgres"));
        if (isRoot()) {
            Files.setOwner(
                    data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SUPERUSER));
        }
        initialise(bin, data, directory.resolve("initdb.log"));
        int port = FreePort.next();
        List<String> command = unprivileged(bin.resolve("postgres"));
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        command.addAll(List.of("-c", "unix_socket_directories="));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        ChildProcess process = start(command, directory, directory.resolve("postgres.log"));
        Awaitility.await("PostgreSQL's start").failFast(process::requireAlive).until(() -> process.log()
                .contains("ready to accept connections"));
        return new InstalledPostgres(process, port, "Debian's package");
    }

    private static void initialise(Path bin, Path data, Path log) {
        List<String> command = unprivileged(bin.resolve("initdb"));
        command.addAll(List.of("-D", data.toString(), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C"));
        ChildProcess initdb = start(command, data.getParent(), log);
        Awaitility.await("initdb").atMost(Duration.ofMinutes(2)).until(() -> !isAlive(initdb));
        initdb.kill();
    }

    private static ChildProcess start(List<String> command, Path directory, Path log) {
        return ChildProcess.start(new ProcessBuilder(command).directory(directory.toFile()), log);
    }

    private static boolean isAlive(ChildProcess process) {
        return ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> unprivileged(Path executable) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--init-groups"));
        }
        command.add(executable.toString());
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.kill();
    }
}
