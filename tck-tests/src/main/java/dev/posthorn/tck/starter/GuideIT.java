package dev.posthorn.tck.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FileTree;
import dev.posthorn.tck.fixture.FreePort;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.BuildProperty;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What docs/guide.md says, word for word: with the Maven and the JDK of yesterday's and today's distributions, on the server it is about. */
@EnabledIfSystemProperty(named = GuideIT.OLD_MAVEN, matches = ".+", disabledReason = "The guide is about Payara Micro")
public class GuideIT {

    static final String OLD_MAVEN = "tck.old-maven";

    private static final String LOOPBACK_ONLY =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1\n";

    private final Path logs = TckSettings.directory("logs");

    @Test
    void anOrderIsAnEventOnKafka() throws Exception {
        Guide guide = Guide.written();
        MavenBuild build = new MavenBuild(guide.project(), logs.resolve("guide-build.log"));
        String repository = LocalRepository.inOne().option();

        build.run(oldMaven(), TckSettings.javaHome(), List.of("package", repository));
        Path war = guide.project().resolve("target/shop.war");
        PosthornJars.assertLicencesAndVersions(war);
        FileTree.delete(war.getParent());
        build.refuseKnownVulnerabilities();
        build.run(MavenBuild.wrapper(), newestJdk(), List.of("package", repository));

        // A broker of its own, since the starter's events are on the same topic.
        try (KafkaBroker broker = new KafkaBroker()) {
            broker.start();
            broker.topics().create("OrderPlaced", 1);
            assertAnOrderIsAnEvent(guide, broker);
        }
    }

    private static Path oldMaven() {
        return BuildProperty.path(OLD_MAVEN).resolve("bin/mvn");
    }

    /** The one that Payara Micro 7 is tested with, if there is one. */
    private static String newestJdk() {
        return System.getProperty("tck.payara7.java.home", TckSettings.javaHome());
    }

    private void assertAnOrderIsAnEvent(Guide guide, KafkaBroker broker) throws IOException {
        int port = FreePort.next();
        ChildProcess server = start(guide, port, broker);
        try {
            Awaitility.await("an order")
                    .atMost(TckSettings.patience().multipliedBy(2))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .failFast(server::requireAlive)
                    .until(() -> place(port) == 200);
            assertTheRecordIsAsTheGuideSays(broker);
        } finally {
            server.kill();
        }
    }

    /** As the guide says, but for the port, the file of the server, the interface, and the address of the broker. */
    private ChildProcess start(Guide guide, int port, KafkaBroker broker) throws IOException {
        List<String> command = new ArrayList<>(guide.command());
        command.set(0, TckSettings.java());
        command.replaceAll(word -> word.startsWith("payara-micro") ? payaraMicro() : word);
        Collections.replaceAll(command, "8080", Integer.toString(port));
        Path loopback = Files.writeString(guide.project().resolve("target/preboot.txt"), LOOPBACK_ONLY);
        command.addAll(List.of("--prebootcommandfile", loopback.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(guide.project().toFile());
        builder.environment().put("MP_MESSAGING_OUTGOING_POSTHORN_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        return ChildProcess.start(builder, logs.resolve("guide.log"));
    }

    private static String payaraMicro() {
        return BuildProperty.path("tck.payara-micro.jar").toString();
    }

    private static int place(int port) throws IOException, InterruptedException {
        HttpRequest order = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"customer\":\"Ada\",\"amount\":12.5}"))
                .build();
        return HttpClient.newHttpClient()
                .send(order, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void assertTheRecordIsAsTheGuideSays(KafkaBroker broker) {
        List<BrokerRecord> records = broker.topics().read("OrderPlaced", 1, Duration.ofSeconds(60));
        assertEquals(1, records.size());
        BrokerRecord event = records.get(0);
        assertEquals("Ada", event.key());
        assertEquals("{\"amount\":12.5,\"customer\":\"Ada\"}", event.payload());
        List.of("ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion")
                .forEach(header -> assertNotNull(event.header(header), header));
    }
}
