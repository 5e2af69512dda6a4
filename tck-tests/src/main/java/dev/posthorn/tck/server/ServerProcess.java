package dev.posthorn.tck.server;

import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.fixture.ChildProcess;
import dev.posthorn.tck.fixture.FileTree;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.FreePort;
import dev.posthorn.tck.fixture.TckSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * A server with one application. It can be ended in every way and started again: with the same application, the same
 * port and the same files. Two of them with the same archive are a cluster.
 */
public final class ServerProcess implements AutoCloseable {

    private final Server server = Server.underTest();
    private final Node node;
    private final Path log;

    private ChildProcess process;

    private ServerProcess(Node node) {
        this.node = node;
        this.log = TckSettings.directory("logs").resolve(node.home().getFileName() + ".log");
    }

    public static ServerProcess of(String name, Archive<?> archive) {
        return of(name, archive, Map.of());
    }

    /** With these data sources, if there are any. */
    public static ServerProcess of(String name, Archive<?> archive, List<ServerDataSource> dataSources) {
        return of(name, archive, Map.of(), dataSources, !dataSources.isEmpty());
    }

    /** A server that is not started yet; the system properties also override the application's configuration. */
    public static ServerProcess of(String name, Archive<?> archive, Map<String, String> systemProperties) {
        return of(name, archive, systemProperties, List.of(), false);
    }

    /** One that has data sources of its own and takes further applications while it runs. */
    public static ServerProcess ofSeveral(String name, Archive<?> first, List<ServerDataSource> dataSources) {
        return of(name, first, Map.of(), dataSources, true);
    }

    private static ServerProcess of(
            String name,
            Archive<?> archive,
            Map<String, String> systemProperties,
            List<ServerDataSource> dataSources,
            boolean takesApplications) {
        int port = FreePort.next();
        Path home = TckSettings.directory("servers/" + name + "-" + port);
        Map<String, String> properties = new HashMap<>(systemProperties);
        properties.put(BrokerControl.URL_PROPERTY, Fixtures.controlUrl());
        return new ServerProcess(
                new Node(home, exported(archive, home), port, Map.copyOf(properties), dataSources, takesApplications));
    }

    private static Path exported(Archive<?> archive, Path directory) {
        Path file = directory.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /**
     * Starts the server, unless it runs, and waits until the application is deployed; throws, with the log's end, if it can't be.
     */
    public ServerProcess start() {
        if (isAlive()) {
            return this;
        }
        prepare();
        ProcessBuilder builder =
                new ProcessBuilder(server.command(node)).directory(node.home().toFile());
        builder.environment().putAll(server.environment(node));
        process = ChildProcess.start(builder, log);
        try {
            awaitDeployment();
        } catch (TerminalFailureException | ConditionTimeoutException e) {
            process.kill();
            throw new IllegalStateException("%s; see %s:%n%s".formatted(e.getMessage(), log, process.logTail()), e);
        }
        return this;
    }

    /** Deploys one more application to the running server, and waits for it. */
    public void deploy(Archive<?> archive) {
        Path file = exported(archive, node.home());
        int before = log().length();
        try {
            server.deploy(node, file);
            Awaitility.await("deployment of " + archive.getName())
                    .atMost(TckSettings.patience())
                    .failFast(() -> requireNotFailed(server.progress(file, log().substring(before))))
                    .until(() -> server.progress(file, log().substring(before)) == Server.Progress.DEPLOYED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TerminalFailureException | ConditionTimeoutException e) {
            throw new IllegalStateException(
                    "%s; see %s:%n%s".formatted(e.getMessage(), log, log().substring(before)), e);
        }
    }

    /** Undeploys what was deployed while the server runs, and waits until it is gone. */
    public void undeploy(Archive<?> archive) {
        Path file = node.home().resolve(archive.getName());
        int before = log().length();
        try {
            server.undeploy(node, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("undeployment of " + archive.getName())
                .atMost(TckSettings.patience())
                .until(() -> server.isUndeployed(file, log().substring(before)));
    }

    /** Starts them side by side. */
    public static void startAll(Collection<ServerProcess> servers) {
        servers.stream()
                .map(each -> CompletableFuture.runAsync(each::start))
                .toList()
                .forEach(CompletableFuture::join);
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    private void prepare() {
        try {
            server.prepare(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitDeployment() {
        Awaitility.await("deployment")
                .atMost(TckSettings.patience().multipliedBy(2))
                .failFast(this::requireNoFailure)
                .until(() -> progress() == Server.Progress.DEPLOYED);
    }

    private void requireNoFailure() {
        process.requireAlive();
        requireNotFailed(progress());
    }

    private static void requireNotFailed(Server.Progress progress) {
        if (progress == Server.Progress.FAILED) {
            throw new IllegalStateException("The server has not deployed the application");
        }
    }

    private Server.Progress progress() {
        return server.progress(process.log());
    }

    /** Ends it as a power cut would. */
    public void kill9() {
        process.kill();
    }

    /** Ends it in order: the application is undeployed. */
    public void stop() {
        process.stop();
    }

    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    /** Where the application is, with a slash at the end. */
    public URI url() {
        return url(node.context());
    }

    /** Where the application of that context path is. */
    public URI url(String context) {
        return URI.create("http://127.0.0.1:%d/%s/".formatted(node.httpPort(), context));
    }

    public long pid() {
        return process.pid();
    }

    /** Where the server answers for its health, with a slash at the end. */
    public URI health() {
        return URI.create("http://127.0.0.1:%d/health/".formatted(server.healthPort(node.httpPort())));
    }

    /** What it has logged since its latest start. */
    public String log() {
        return process.log();
    }

    /** Kills it if it still runs, and leaves nothing of it but the log. */
    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
        FileTree.delete(node.home());
    }
}
