package dev.posthorn.tck.liberty;

import dev.posthorn.tck.app.KafkaSender;
import dev.posthorn.tck.app.ProducerRecordSender;
import dev.posthorn.tck.archive.ClassPathJars;
import dev.posthorn.tck.server.BuildProperty;
import dev.posthorn.tck.server.Node;
import dev.posthorn.tck.server.Server;
import dev.posthorn.tck.server.SmallRye;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.slf4j.Logger;

/**
 * Open Liberty has Reactive Messaging as a feature, whose connector takes Kafka's client from the application. The other way, by
 * {@code tck.liberty.messaging=smallrye}, is all of SmallRye in the application, without that feature.
 */
public final class OpenLiberty implements Server {

    private static final String NAME = "tck";

    /** As we recommend: otherwise every hundredth row may cost a business transaction. */
    private static final List<String> DERBY =
            List.of("-Dderby.language.sequence.preallocator=10000", "-Dderby.locks.deadlockTimeout=1");

    private static final List<String> FAILURES = List.of("CWWKZ0002E", "CWWKZ0004E", "CWWKZ0012I", "CWWKF0001E");

    @Override
    public String mavenProfile() {
        return "liberty";
    }

    @Override
    public List<String> starterCommand(Path project, int httpPort) {
        return List.of("target/liberty/wlp/bin/server", "run", "starter");
    }

    @Override
    public Optional<String> hibernateJtaPlatform() {
        return Optional.of("org.hibernate.engine.transaction.jta.platform.internal.WebSphereLibertyJtaPlatform");
    }

    @Override
    public void extend(WebArchive archive) {
        if (hasMessaging()) {
            archive.addAsLibraries(ClassPathJars.of(KafkaProducer.class), ClassPathJars.of(Logger.class));
        } else {
            SmallRye.addTo(archive);
        }
    }

    @Override
    public String kafkaConnector() {
        return hasMessaging() ? "liberty-kafka" : "smallrye-kafka";
    }

    @Override
    public List<Class<? extends KafkaSender>> kafkaSenders() {
        return hasMessaging() ? List.of(ProducerRecordSender.class) : Server.super.kafkaSenders();
    }

    @Override
    public void prepare(Node node) throws IOException {
        Path directory = Files.createDirectories(directory(node));
        try (InputStream template = OpenLiberty.class.getResourceAsStream("/server.xml")) {
            String configuration = new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .formatted(
                            node.httpPort(),
                            node.archive(),
                            node.context(),
                            drivers(),
                            hasMessaging() ? "<feature>mpReactiveMessaging-3.0</feature>" : "");
            Files.writeString(directory.resolve("server.xml"), configuration);
        }
        if (node.takesApplications()) {
            Files.createDirectories(overrides(node));
            Files.writeString(overrides(node).resolve("several.xml"), LibertySettings.ofSeveral(node.dataSources()));
        }
    }

    /** Into the configuration, which is watched. */
    @Override
    public void deploy(Node node, Path archive) throws IOException {
        Path draft = Files.writeString(node.home().resolve("draft"), LibertySettings.application(archive));
        Files.move(draft, override(node, archive), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void undeploy(Node node, Path archive) throws IOException {
        Files.delete(override(node, archive));
    }

    @Override
    public Progress progress(Path archive, String log) {
        String name = " " + Node.context(archive) + " ";
        if (log.lines().anyMatch(line -> FAILURES.stream().anyMatch(line::contains))) {
            return Progress.FAILED;
        }
        return log.lines().anyMatch(line -> line.contains("CWWKZ0001I") && line.contains(name))
                ? Progress.DEPLOYED
                : Progress.STARTING;
    }

    @Override
    public boolean isUndeployed(Path archive, String log) {
        String name = " " + Node.context(archive) + " ";
        return log.lines().anyMatch(line -> line.contains("CWWKZ0009I") && line.contains(name));
    }

    @Override
    public List<String> command(Node node) {
        List<String> command = node.java();
        command.addAll(DERBY);
        command.add("@" + home().resolve("lib/platform/java/java9.options"));
        command.add("-javaagent:" + home().resolve("bin/tools/ws-javaagent.jar"));
        command.addAll(List.of("-jar", home().resolve("bin/tools/ws-server.jar").toString(), NAME));
        return command;
    }

    @Override
    public Map<String, String> environment(Node node) {
        return Map.of("WLP_USER_DIR", user(node).toString());
    }

    /** The application may be started before the server is, or fail while the server comes up. */
    @Override
    public Progress progress(String log) {
        if (FAILURES.stream().anyMatch(log::contains)) {
            return Progress.FAILED;
        }
        return log.contains("CWWKZ0001I") && log.contains("CWWKF0011I") ? Progress.DEPLOYED : Progress.STARTING;
    }

    private static String drivers() {
        return Stream.of("postgresql", "h2-", "derby")
                .map(ClassPathJars::called)
                .flatMap(List::stream)
                .map("    <file name=\"%s\"/>"::formatted)
                .collect(Collectors.joining("\n"));
    }

    private static boolean hasMessaging() {
        return !System.getProperty("tck.liberty.messaging", "server").equals("smallrye");
    }

    private static Path home() {
        return BuildProperty.path("tck.liberty.home");
    }

    private static Path directory(Node node) {
        return user(node).resolve("servers").resolve(NAME);
    }

    private static Path overrides(Node node) {
        return directory(node).resolve("configDropins/overrides");
    }

    private static Path override(Node node, Path archive) {
        return overrides(node).resolve(archive.getFileName() + ".xml");
    }

    private static Path user(Node node) {
        return node.home().resolve("usr");
    }
}
