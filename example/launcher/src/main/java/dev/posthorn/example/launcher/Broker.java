package dev.posthorn.example.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** A Kafka broker of one node that can be stopped and started again: same address, same data. */
final class Broker {

    /** What a user can see of it. */
    enum State {
        STOPPED,
        STARTING,
        RUNNING,
        STOPPING
    }

    private final Children children;
    private final Assembly assembly;
    private final Path directory;
    private final int port = Ports.free();
    private final int controllerPort = Ports.free();

    private ChildProcess process;
    private volatile State state = State.STOPPED;

    Broker(Children children, Assembly assembly, Path directory) {
        this.children = children;
        this.assembly = assembly;
        this.directory = directory;
    }

    String address() {
        return Ports.HOST + ":" + port;
    }

    State state() {
        return state;
    }

    /** Returns when clients can connect; if it can't be started, it is stopped, and can be started again. */
    synchronized void start() {
        if (state == State.RUNNING) {
            return;
        }
        process = children.start(
                assembly,
                directory,
                assembly.log("kafka"),
                () -> List.of(
                        "-Xmx256m",
                        "-cp",
                        assembly.brokerClassPath(),
                        BrokerProcess.class.getName(),
                        configuration().toString()));
        state = State.STARTING;
        try {
            process.await("Kafka", () -> Ports.answers(port));
            state = State.RUNNING;
        } catch (DemoFailedException failed) {
            stop();
            throw failed;
        }
    }

    /** Returns when it is gone. */
    synchronized void stop() {
        if (state == State.STOPPED) {
            return;
        }
        state = State.STOPPING;
        process.stop();
        state = State.STOPPED;
    }

    private Path configuration() {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("listeners", "PLAINTEXT://" + address() + ",CONTROLLER://" + Ports.HOST + ":" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", "1@" + Ports.HOST + ":" + controllerPort);
        properties.put("log.dirs", directory.resolve("log").toString());
        properties.put("num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1"); // 50 take their time to be created
        properties.put("group.initial.rebalance.delay.ms", "0"); // nobody else will join
        Path file = directory.resolve("broker.properties");
        try {
            Files.createDirectories(directory);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
