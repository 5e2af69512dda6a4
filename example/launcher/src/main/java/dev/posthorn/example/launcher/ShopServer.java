package dev.posthorn.example.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Payara Micro with the shop. */
final class ShopServer {

    private static final String LOOPBACK_ONLY = "set configs.config.server-config.network-config.network-listeners"
            + ".network-listener.http-listener.address=" + Ports.HOST + System.lineSeparator();

    private final Children children;
    private final Assembly assembly;
    private final Path directory;
    private final int port;

    ShopServer(Children children, Assembly assembly, Path directory, int port) {
        this.children = children;
        this.assembly = assembly;
        this.directory = directory;
        this.port = port;
    }

    URI address() {
        return URI.create("http://" + Ports.HOST + ":" + port);
    }

    /** Returns when the shop is open. */
    ChildProcess start(String brokerAddress, URI launcher) {
        ChildProcess process = children.start(
                assembly,
                directory,
                assembly.log("payara"),
                List.of(
                        "-Xmx512m",
                        // The jars of SmallRye have an empty beans.xml that means "all", as it did before CDI 4.
                        "-Dfish.payara.deployment.emptyBeansXmlModeALL=true",
                        "-Dmp.messaging.outgoing.posthorn.bootstrap.servers=" + brokerAddress,
                        // The end of the demo is the end of its data: no use in waiting for a broker that is stopped.
                        "-Dposthorn.stop.timeout=PT1S",
                        "-Dmp.messaging.outgoing.posthorn.close-timeout=1000",
                        "-Ddemo.launcher=" + launcher,
                        "-jar",
                        assembly.server().toString(),
                        "--deploy",
                        assembly.shop().toString(),
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
        process.await("Payara Micro", () -> process.logContains(" ready in "));
        if (!process.logContains("shop was successfully deployed")) {
            throw new DemoFailedException("Payara Micro runs, but could not deploy the shop; see " + process.log());
        }
        return process;
    }

    private Path commands() {
        try {
            return Files.writeString(Files.createDirectories(directory).resolve("preboot.txt"), LOOPBACK_ONLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
