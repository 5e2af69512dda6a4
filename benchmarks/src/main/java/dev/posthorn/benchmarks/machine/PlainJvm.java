package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.PlainServer;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process of a peer, or of the yardsticks. */
public final class PlainJvm {

    private PlainJvm() {}

    /**
     * @param main hands its arguments to {@link PlainServer}
     * @param options more options for the JVM
     */
    public static LoadServer start(
            String main, String classPath, Path directory, Resources resources, List<String> options)
            throws IOException {
        int port = FreePort.next();
        List<String> jvm = new ArrayList<>(Java.APPLICATION);
        jvm.addAll(options);
        jvm.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        jvm.add("-Djava.io.tmpdir=" + directory);
        List<String> arguments = new ArrayList<>(resources.arguments());
        arguments.add(Integer.toString(port));
        ProcessBuilder builder = Java.main(jvm, classPath, main, arguments).directory(directory.toFile());
        ChildProcess process = ChildProcess.start(builder, directory.resolve("log"));
        URI url = URI.create("http://127.0.0.1:" + port + "/");
        return LoadServer.awaitReady(process, url, PlainServer.READY, PlainServer.READY);
    }
}
