package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Payara Micro, whose application brings SmallRye. */
public final class Payara {

    private static final String LOOPBACK_ONLY = "set configs.config.server-config.network-config.network-listeners"
            + ".network-listener.http-listener.address=127.0.0.1\n";

    private Payara() {}

    /**
     * @param home where the build has put Payara Micro and SmallRye
     * @param options more options for the JVM
     */
    public static LoadServer start(
            Path home, Path directory, Application application, Resources resources, List<String> options)
            throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
        Path war = archive(home, application, resources).write(directory);
        Path preboot = Files.writeString(directory.resolve("preboot.txt"), LOOPBACK_ONLY);
        int port = FreePort.next();
        List<String> command = Java.command(Java.APPLICATION);
        command.addAll(options);
        // The jars of SmallRye have an empty beans.xml that means "all", as it did before CDI 4.
        command.add("-Dfish.payara.deployment.emptyBeansXmlModeALL=true");
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.addAll(List.of("-jar", home.resolve("payara-micro.jar").toString()));
        command.addAll(List.of("--deploy", war.toString(), "--contextroot", "/", "--port", Integer.toString(port)));
        command.addAll(List.of("--prebootcommandfile", preboot.toString(), "--nohazelcast", "--disablephonehome"));
        ChildProcess process = ChildProcess.start(
                new ProcessBuilder(command).directory(directory.toFile()), directory.resolve("payara.log"));
        // A failed deployment leaves the server running and "ready".
        return LoadServer.awaitReady(
                process, URI.create("http://127.0.0.1:" + port + "/"), " ready in ", "bench was successfully deployed");
    }

    private static ServerArchive archive(Path home, Application application, Resources resources) {
        ServerArchive archive = new ServerArchive(home, application, resources);
        WebArchive smallRye = ShrinkWrap.createFromZipFile(
                WebArchive.class, home.resolve("smallrye.war").toFile());
        archive.archive()
                .addAsLibraries(home.resolve("slf4j-jdk14.jar").toFile())
                .merge(smallRye, Filters.include("/WEB-INF/lib/.*"));
        return archive;
    }
}
