package dev.posthorn.example.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Payara Micro with one application. */
final class ApplicationServer {

    private static final String LOOPBACK_ONLY = "set configs.config.server-config.network-config.network-listeners"
            + ".network-listener.http-listener.address=" + Ports.HOST + System.lineSeparator();

    private final Children children;
    private final Assembly assembly;
    private final String application;
    private final Path directory;
    private final int port;

    private ChildProcess process;

    ApplicationServer(Children children, Assembly assembly, String application, Path directory, int port) {
        this.children = children;
        this.assembly = assembly;
        this.application = application;
        this.directory = directory;
        this.port = port;
    }

    String application() {
        return application;
    }

    URI address() {
        return URI.create("http://" + Ports.HOST + ":" + port);
    }

    /** Returns at once. The properties are the application's, as MicroProfile Config reads them. */
    void start(Map<String, Object> properties) {
        process = children.start(assembly, directory, assembly.log(application), () -> arguments(properties));
    }

    private List<String> arguments(Map<String, Object> properties) {
        List<String> arguments = new ArrayList<>();
        arguments.add("-Xmx512m");
        // The jars of SmallRye have an empty beans.xml that means "all", as it did before CDI 4.
        arguments.add("-Dfish.payara.deployment.emptyBeansXmlModeALL=true");
        properties.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.addAll(List.of(
                "-jar",
                assembly.server().toString(),
                "--deploy",
                assembly.war(application).toString(),
                "--contextroot",
                "/",
                "--port",
                Integer.toString(port),
                "--rootdir",
                directory.resolve("root").toString(),
                "--prebootcommandfile",
                commands().toString(),
                "--nohazelcast",
                "--disablephonehome"));
        return arguments;
    }

    /** Returns when the application is open. */
    void awaitReady() {
        process.await("Payara Micro with " + application, () -> process.logContains(" ready in "));
        if (!process.logContains("\"Name\": \"" + application + "\"")) {
            throw new DemoFailedException(
                    "Payara Micro runs, but could not deploy " + application + "; see " + process.log());
        }
    }

    /** Completes when it has ended, with what to say of that. */
    CompletableFuture<String> ended() {
        return process.ended().thenApply(end -> "Payara Micro with " + application + " ended; see " + process.log());
    }

    private Path commands() {
        try {
            return Files.writeString(Files.createDirectories(directory).resolve("preboot.txt"), LOOPBACK_ONLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
