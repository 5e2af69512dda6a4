package dev.posthorn.messaging;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker in this process, which can be stopped and comes back on the same port with what it had. */
final class Broker extends KafkaClients implements AutoCloseable {

    private final int port;
    private final Properties settings;
    private KafkaRaftServer server;

    private Broker(Path directory, int port, int controllerPort, Map<String, String> more) throws IOException {
        this.port = port;
        settings = settings(directory, port, controllerPort);
        settings.putAll(more);
        Path file = Files.createDirectories(directory).resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        if (Files.notExists(directory.resolve("data"))) {
            format(directory, file);
        }
        server = started();
    }

    private static void format(Path directory, Path file) throws IOException {
        String[] format = {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()};
        if (StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream())) != 0) {
            throw new IOException("Kafka did not format " + directory);
        }
    }

    static Broker startIn(Path directory) throws IOException {
        return startIn(directory, freePort(), freePort(), Map.of());
    }

    /** @param settings come before those that tests of this module have by default */
    static Broker startIn(Path directory, int port, int controllerPort, Map<String, String> settings)
            throws IOException {
        return new Broker(directory, port, controllerPort, settings);
    }

    @Override
    String address() {
        return "127.0.0.1:" + port;
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    void restart() {
        server = started();
    }

    @Override
    public void close() {
        stop();
    }

    private KafkaRaftServer started() {
        KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        starting.startup();
        return starting;
    }

    private static Properties settings(Path directory, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "log.dirs", directory.resolve("data").toString(),
                "auto.create.topics.enable", "false",
                "offsets.topic.replication.factor", "1",
                "group.initial.rebalance.delay.ms", "0"));
        return settings;
    }

    /** Below the range of clients: one of them could be given the port before the broker opens it. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }
}
