package dev.posthorn.messaging;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The RabbitMQ that is installed on this machine, with a node, a port and files of its own; it can be killed and comes back. */
final class RabbitMq implements AutoCloseable {

    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final int port = Broker.freePort();
    private final Map<String, String> environment;
    private Process server;

    private RabbitMq(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Path settings = directory.resolve("rabbitmq.conf");
        Files.writeString(settings, "listeners.tcp.1 = 127.0.0.1:" + port + "\n");
        environment = Map.ofEntries(
                Map.entry("HOME", directory.toString()),
                Map.entry("RABBITMQ_HOME_DIR", directory.toString()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                Map.entry("RABBITMQ_NODENAME", "posthorn" + port + "@localhost"),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(Broker.freePort())),
                Map.entry("RABBITMQ_CONFIG_FILE", settings.toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        directory.resolve("plugins").toString()),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(Broker.freePort())));
        server = started();
    }

    static boolean isInstalled() {
        return Files.isExecutable(SERVER);
    }

    static RabbitMq startIn(Path directory) throws IOException {
        return new RabbitMq(directory);
    }

    int port() {
        return port;
    }

    /** As a crash would. */
    void kill() {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !server.isAlive() && !answers());
    }

    /** It takes connections and bytes as far as its system does, and answers nothing. */
    void freeze() throws Exception {
        signal("STOP");
    }

    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String signal) throws Exception {
        for (ProcessHandle each : server.descendants().toList()) {
            BrokerProcess.signal(signal, each);
        }
    }

    void restart() throws IOException {
        server = started();
    }

    @Override
    public void close() throws Exception {
        kill();
        // The daemon that RabbitMQ leaves behind; it has a port of its own.
        run("epmd", "-kill").waitFor(10, TimeUnit.SECONDS);
    }

    private Process started() throws IOException {
        Process starting = run(SERVER.toString());
        await().atMost(PATIENCE).until(() -> {
            if (!starting.isAlive()) {
                throw new IllegalStateException("RabbitMQ ended: " + Files.readString(output()));
            }
            return answers();
        });
        return starting;
    }

    private Process run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
    }

    private Path output() {
        return directory.resolve("output.log");
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }
}
