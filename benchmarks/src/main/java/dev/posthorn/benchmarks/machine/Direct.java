package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.direct.DirectServer;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process of the yardsticks. */
public final class Direct {

    private Direct() {}

    public static LoadServer start(Path directory, Resources resources) throws IOException {
        Files.createDirectories(directory);
        int port = FreePort.next();
        ProcessBuilder builder = Java.main(
                Java.APPLICATION,
                DirectServer.class,
                List.of(
                        Integer.toString(port),
                        resources.jdbcUrl(),
                        resources.user(),
                        resources.password(),
                        Integer.toString(resources.poolSize()),
                        resources.bootstrapServers(),
                        Integer.toString(resources.lingerMillis())));
        ChildProcess process =
                ChildProcess.start(builder.directory(directory.toFile()), directory.resolve("direct.log"));
        String ready = DirectServer.READY;
        return LoadServer.awaitReady(process, URI.create("http://127.0.0.1:" + port + "/"), ready, ready);
    }
}
