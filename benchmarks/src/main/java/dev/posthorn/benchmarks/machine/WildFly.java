package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FileTree;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.asset.StringAsset;

/** WildFly, which has Reactive Messaging in a subsystem. */
public final class WildFly {

    /** What the start script gives the JVM. */
    private static final List<String> OPEN_PACKAGES = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

    private static final String DEPLOYMENT =
            """
                    <deployment name="%1$s" runtime-name="%1$s">
                        <fs-archive path="%2$s"/>
                    </deployment>
            """;

    private static final String DEPLOYMENTS =
            """
            </socket-binding-group>
                <deployments>
            %s    </deployments>""";

    /** What the load asks of the JVM is in a module that WildFly shows to those applications only that want it. */
    private static final String SEES_JVM = "Manifest-Version: 1.0\nDependencies: jdk.management\n";

    /** Those of JMS it shows only if it has a broker of its own. */
    private static final String SEES_JVM_AND_JMS =
            "Manifest-Version: 1.0\nDependencies: jdk.management, jakarta.jms.api\n";

    private WildFly() {}

    /**
     * @param home where the build has put WildFly
     * @param options more options for the JVM
     */
    public static LoadServer start(
            Path home, Path directory, Application application, Resources resources, List<String> options)
            throws IOException {
        Path war = archive(home, application, resources, SEES_JVM).write(directory);
        return start(home, directory, UnaryOperator.identity(), List.of(war), options);
    }

    /**
     * With a resource adapter for Artemis.
     *
     * @param home where the build has put WildFly
     * @param resources whose broker is Artemis
     * @param options more options for the JVM
     */
    static LoadServer startWithArtemis(
            Path home, Path directory, Application application, Resources resources, List<String> options)
            throws IOException {
        Path rar = ArtemisAdapter.write(home, directory);
        Path war = archive(home, application, resources, SEES_JVM_AND_JMS).write(directory);
        return start(
                home,
                directory,
                configuration -> ArtemisAdapter.configure(configuration, resources),
                List.of(rar, war),
                options);
    }

    private static ServerArchive archive(Path home, Application application, Resources resources, String manifest) {
        ServerArchive archive = new ServerArchive(home, application, resources);
        archive.archive().setManifest(new StringAsset(manifest));
        return archive;
    }

    private static LoadServer start(
            Path home, Path directory, UnaryOperator<String> change, List<Path> archives, List<String> options)
            throws IOException {
        Path installation = home.resolve("wildfly");
        Path base = directory.resolve("standalone");
        FileTree.copy(installation.resolve("standalone"), base);
        Path configuration = base.resolve("configuration/standalone.xml");
        Files.writeString(configuration, deploying(archives, change.apply(Files.readString(configuration))));
        int port = FreePort.next();
        List<String> command = Java.command(Java.APPLICATION);
        command.addAll(options);
        OPEN_PACKAGES.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-Dlogging.configuration="
                + base.resolve("configuration/logging.properties").toUri());
        command.add("-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"));
        command.add("-Djboss.home.dir=" + installation);
        command.add("-Djboss.server.base.dir=" + base);
        command.add("-Djboss.http.port=" + port);
        command.add("-Djboss.https.port=" + FreePort.next());
        command.add("-Djboss.management.http.port=" + FreePort.next());
        command.addAll(List.of("-jar", installation.resolve("jboss-modules.jar").toString()));
        command.addAll(List.of("-mp", installation.resolve("modules").toString(), "org.jboss.as.standalone"));
        ChildProcess process =
                ChildProcess.start(new ProcessBuilder(command).directory(directory.toFile()), directory.resolve("log"));
        URI url = URI.create("http://127.0.0.1:%d/%s/".formatted(port, ServerArchive.NAME));
        // After a failure it says WFLYSRV0026 instead.
        return LoadServer.awaitReady(process, url, "(Controller Boot Thread) WFLYSRV002", "WFLYSRV0025");
    }

    /** Part of the configuration, they are deployed while the server boots, and a failure makes the boot fail. */
    private static String deploying(List<Path> archives, String configuration) {
        String deployments = archives.stream()
                .map(archive -> DEPLOYMENT.formatted(archive.getFileName(), archive))
                .collect(Collectors.joining());
        return configuration.replace("</socket-binding-group>", DEPLOYMENTS.formatted(deployments));
    }
}
