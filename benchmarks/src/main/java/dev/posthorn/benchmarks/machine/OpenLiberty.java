package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Open Liberty, which has Reactive Messaging as a feature, whose connector takes Kafka's client from the application. */
public final class OpenLiberty {

    private static final String NAME = "bench";

    private static final String SERVER_XML =
            """
            <server>
              <featureManager>
                <feature>cdi-4.0</feature>
                <feature>concurrent-3.0</feature>
                <feature>enterpriseBeansLite-4.0</feature>
                <feature>jdbc-4.3</feature>
                <feature>jndi-1.0</feature>
                <feature>jsonb-3.0</feature>
                <feature>persistence-3.1</feature>
                <feature>servlet-6.0</feature>
                <feature>mpConfig-3.1</feature>
                <feature>mpFaultTolerance-4.0</feature>
                <feature>mpHealth-4.0</feature>
                <feature>mpReactiveMessaging-3.0</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%1$d" httpsPort="-1"/>
              <applicationMonitor updateTrigger="disabled"/>
              <config updateTrigger="disabled"/>
              <!-- A data source that the application defines takes its driver from a shared library, never from WEB-INF/lib. -->
              <library id="drivers">
                <file name="%2$s"/>
              </library>
              <webApplication location="%3$s" contextRoot="/%4$s">
                <classloader commonLibraryRef="drivers"/>
              </webApplication>
            </server>
            """;

    private OpenLiberty() {}

    /**
     * @param home where the build has put Open Liberty
     * @param options more options for the JVM
     */
    public static LoadServer start(
            Path home, Path directory, Application application, Resources resources, List<String> options)
            throws IOException {
        ServerArchive archive = new ServerArchive(home, application, resources);
        archive.archive().addAsLibraries(new Libraries(home).named("(kafka-clients|slf4j-api).*", ""));
        Path war = archive.write(directory);
        Path installation = home.resolve("wlp");
        Path server = Files.createDirectories(directory.resolve("usr/servers").resolve(NAME));
        int port = FreePort.next();
        Files.writeString(
                server.resolve("server.xml"),
                SERVER_XML.formatted(
                        port, new Libraries(home).file(application.driver().jar()), war, ServerArchive.NAME));
        List<String> command = Java.command(Java.APPLICATION);
        command.addAll(options);
        command.add("@" + installation.resolve("lib/platform/java/java9.options"));
        command.add("-javaagent:" + installation.resolve("bin/tools/ws-javaagent.jar"));
        command.addAll(
                List.of("-jar", installation.resolve("bin/tools/ws-server.jar").toString(), NAME));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("WLP_USER_DIR", directory.resolve("usr").toString());
        ChildProcess process = ChildProcess.start(builder, directory.resolve("log"));
        URI url = URI.create("http://127.0.0.1:%d/%s/".formatted(port, ServerArchive.NAME));
        // The server says that it is ready however long the application takes; of a failure the code is another one.
        return LoadServer.awaitReady(process, url, "CWWKZ000", "CWWKZ0001I");
    }
}
