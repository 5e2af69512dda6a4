package dev.posthorn.tck.starter;

import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FileTree;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.FreePort;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A copy of the example. */
final class Starter implements AutoCloseable {

    private final Server server = Server.underTest();
    private final Path project = TckSettings.directory("starter");
    private final Path logs = TckSettings.directory("logs");
    private final int port = FreePort.next();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ChildProcess process;

    static Starter copy() throws IOException {
        Starter starter = new Starter();
        FileTree.delete(starter.project);
        FileTree.copy(LocalRepository.checkout().resolve("example/starter"), starter.project);
        return starter;
    }

    /** With Maven, against Posthorn as it would be installed. */
    void build() throws IOException {
        MavenBuild build = new MavenBuild(project, logs.resolve("starter-build.log"));
        build.refuseKnownVulnerabilities();
        List<String> arguments = new ArrayList<>(List.of("-P" + server.mavenProfile(), "package"));
        arguments.addAll(LocalRepository.withPosthorn().options());
        build.run(MavenBuild.wrapper(), TckSettings.javaHome(), arguments);
    }

    /** As its readme says, but for the port and the address of the broker. */
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(server.starterCommand(project, port)).directory(project.toFile());
        String broker = Fixtures.broker().bootstrapServers();
        builder.environment()
                .putAll(Map.of(
                        "HTTP_PORT",
                        Integer.toString(port),
                        "JAVA_HOME",
                        TckSettings.javaHome(),
                        "MP_MESSAGING_OUTGOING_POSTHORN_BOOTSTRAP_SERVERS",
                        broker,
                        "MP_MESSAGING_INCOMING_ORDERS_BOOTSTRAP_SERVERS",
                        broker));
        process = ChildProcess.start(builder, logs.resolve("starter.log"));
        try {
            Awaitility.await("application")
                    .atMost(TckSettings.patience().multipliedBy(2))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .failFast(this::requireNoFailure)
                    .until(() -> send("GET", "parcels", "").statusCode() == 200);
        } catch (RuntimeException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + process.logTail(), e);
        }
    }

    private void requireNoFailure() {
        process.requireAlive();
        if (server.progress(process.log()) == Server.Progress.FAILED) {
            throw new IllegalStateException("The server has not deployed the application");
        }
    }

    String place(String order) throws IOException, InterruptedException {
        HttpResponse<String> response = send("POST", "orders", order);
        if (response.statusCode() != 200) {
            throw new IllegalStateException("The order was answered with " + response.statusCode() + ": "
                    + response.body() + "\n" + process.logTail());
        }
        return response.body();
    }

    String parcels() throws IOException, InterruptedException {
        return send("GET", "parcels", "").body();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/%s".formatted(port, path)))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Scripts have the server as a child. */
    @Override
    public void close() {
        if (process != null) {
            ProcessHandle.of(process.pid())
                    .ifPresent(script -> script.descendants().forEach(ProcessHandle::destroyForcibly));
            process.kill();
        }
        FileTree.delete(project);
    }
}
