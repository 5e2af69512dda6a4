package dev.posthorn.messaging;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The RabbitMQ that is installed on this machine, with a node, a port and files of its own; it can be killed and comes back. */
final class RabbitMq implements AutoCloseable {

    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    static final int LARGEST_MESSAGE = 1_000_000;
    static final String STORE_PASSWORD = "the password";

    private static final String STORE = "store.p12";
    private static final String CERTIFICATE = "certificate.pem";
    private static final String KEY = "key.pem";

    private static final Path CONTROL = Path.of("/usr/lib/rabbitmq/bin/rabbitmqctl");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final int port = Broker.freePort();
    private final int tlsPort = Broker.freePort();
    private final Map<String, String> environment;
    private Process server;

    private RabbitMq(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        makeCertificate();
        Path settings = directory.resolve("rabbitmq.conf");
        Files.write(
                settings,
                List.of(
                        "listeners.tcp.1 = 127.0.0.1:" + port,
                        "listeners.ssl.1 = 127.0.0.1:" + tlsPort,
                        "ssl_options.certfile = " + directory.resolve(CERTIFICATE),
                        "ssl_options.keyfile = " + directory.resolve(KEY),
                        "max_message_size = " + LARGEST_MESSAGE));
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

    private void makeCertificate() throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-keystore",
                        trustStore(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(output()));
        }
        KeyStore store = KeyStore.getInstance(Path.of(trustStore()).toFile(), STORE_PASSWORD.toCharArray());
        pem(
                KEY,
                "PRIVATE KEY",
                store.getKey("broker", STORE_PASSWORD.toCharArray()).getEncoded());
        pem(CERTIFICATE, "CERTIFICATE", store.getCertificate("broker").getEncoded());
        // What clients trust is the certificate, not an entry with the key.
        store.setCertificateEntry("trusted", store.getCertificate("broker"));
        store.deleteEntry("broker");
        try (OutputStream out = Files.newOutputStream(Path.of(trustStore()))) {
            store.store(out, STORE_PASSWORD.toCharArray());
        }
    }

    private void pem(String file, String kind, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(
                directory.resolve(file), "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    static boolean isInstalled() {
        return Files.isExecutable(SERVER);
    }

    static RabbitMq startIn(Path directory) throws Exception {
        return new RabbitMq(directory);
    }

    int tlsPort() {
        return tlsPort;
    }

    /** Of those who trust this broker. */
    String trustStore() {
        return directory.resolve(STORE).toString();
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

    /** What an operator would do. */
    void control(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(CONTROL.toString()));
        command.addAll(List.of(arguments));
        Process control = run(command.toArray(String[]::new));
        if (!control.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || control.exitValue() != 0) {
            throw new IllegalStateException("rabbitmqctl: " + Files.readString(output()));
        }
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
