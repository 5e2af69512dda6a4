package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/** One broker with its defaults, but for the size of a message. */
public final class KafkaServer implements AutoCloseable {

    private static final String PROPERTIES =
            """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$d
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs=%3$s
            auto.create.topics.enable=false
            message.max.bytes=%4$d
            offsets.topic.replication.factor=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            """;

    private final ChildProcess process;
    private final String bootstrapServers;

    private KafkaServer(ChildProcess process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    public static KafkaServer start(Path directory) throws IOException {
        int port = FreePort.next();
        Path properties = Files.writeString(
                directory.resolve("kafka.properties"),
                PROPERTIES.formatted(port, FreePort.next(), directory.resolve("kafka"), Resources.MAX_REQUEST_BYTES));
        ProcessBuilder builder =
                Java.main(Java.BROKER, Java.ownClassPath(), KafkaMain.class.getName(), List.of(properties.toString()));
        ChildProcess process =
                ChildProcess.start(builder.directory(directory.toFile()), directory.resolve("kafka.log"));
        KafkaServer server = new KafkaServer(process, "127.0.0.1:" + port);
        Awaitility.await("the Kafka broker's start")
                .atMost(Duration.ofMinutes(2))
                .failFast(process::requireAlive)
                .until(server::answers);
        return server;
    }

    private boolean answers() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers, "default.api.timeout.ms", 3000, "request.timeout.ms", 2000))) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        }
    }

    public void createTopic(String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.kill();
    }
}
