package dev.posthorn.benchmarks.machine;

import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** One broker of JMS. */
public final class ArtemisServer implements AutoCloseable {

    /** The broker's library for libaio, which the JVM finds in directories, but not in a jar. */
    private static final String LIBRARY = "libartemis-native-64.so";

    private final ChildProcess process;
    private final int port;

    private ArtemisServer(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    public static ArtemisServer start(Path directory) throws IOException {
        int port = FreePort.next();
        List<String> options = new ArrayList<>(Java.BROKER);
        options.add("-Djava.library.path=" + unpackLibrary(directory));
        ProcessBuilder builder = Java.main(
                options,
                Java.ownClassPath(),
                ArtemisMain.class.getName(),
                List.of(Integer.toString(port), directory.resolve("artemis").toString()));
        ChildProcess process =
                ChildProcess.start(builder.directory(directory.toFile()), directory.resolve("artemis.log"));
        Awaitility.await("the start of Artemis")
                .atMost(Duration.ofMinutes(2))
                .failFast(process::requireAlive)
                .until(() -> process.log().contains(ArtemisMain.READY));
        return new ArtemisServer(process, port);
    }

    /** Where it cannot be loaded, on another architecture or without libaio, the broker goes without. */
    private static Path unpackLibrary(Path directory) throws IOException {
        try (InputStream library = ArtemisServer.class.getResourceAsStream("/lib/linux-x86_64/" + LIBRARY)) {
            Files.copy(library, directory.resolve(LIBRARY));
        }
        return directory;
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.kill();
    }
}
