package dev.posthorn.example.launcher;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The demo in a process of its own: the class and the files that {@code ./mvnw -Pdemo} starts. */
final class RunningDemo implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("demo.home"));
    private static final Pattern SHIPPING = Pattern.compile("with shipping on (http://\\S+)");

    private final int port;
    private final TemporaryDirectory temporary;
    private final Process process;
    private final Queue<String> console = new ConcurrentLinkedQueue<>();

    private RunningDemo(int port, TemporaryDirectory temporary, Process process) {
        this.port = port;
        this.temporary = temporary;
        this.process = process;
        Thread reader = new Thread(this::readConsole, "console of the demo");
        reader.setDaemon(true);
        reader.start();
    }

    static RunningDemo start() throws IOException {
        return start(Ports.free());
    }

    static RunningDemo start(int port) throws IOException {
        TemporaryDirectory temporary = TemporaryDirectory.create();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary.path(),
                        "-Ddemo.port=" + port,
                        "-cp",
                        HOME.resolve("lib").resolve("*").toString(),
                        Demo.class.getName(),
                        HOME.toString())
                .redirectErrorStream(true)
                .start();
        return new RunningDemo(port, temporary, process);
    }

    RunningDemo awaitReady() {
        return awaitConsole("Ready.");
    }

    RunningDemo awaitConsole(String text) {
        await("on the console: " + text).atMost(Duration.ofMinutes(3)).until(() -> {
            if (!process.isAlive() && !console().contains(text)) {
                throw new IllegalStateException("The demo ended:\n" + console());
            }
            return console().contains(text);
        });
        return this;
    }

    String console() {
        return String.join("\n", console);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** All processes it has started, and itself. */
    List<ProcessHandle> processTree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    int awaitExit() {
        await("the end of the demo").atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
        return process.exitValue();
    }

    void kill() {
        process.destroyForcibly();
    }

    List<Path> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(temporary.path())) {
            return files.toList();
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Of shipping itself, whose address is on the console. */
    URI shipping(String path) {
        Matcher address = SHIPPING.matcher(console());
        if (!address.find()) {
            throw new IllegalStateException(console());
        }
        return URI.create(address.group(1) + path);
    }

    JsonNode get(String path) {
        return Http.send("GET", uri(path)).body();
    }

    Http.Answer post(String path, String json) {
        return Http.send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private void readConsole() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(console::add);
        } catch (IOException | UncheckedIOException ended) {
            // with the process
        }
    }

    @Override
    public void close() {
        process.destroy();
        awaitExit();
        temporary.delete();
    }
}
