package dev.posthorn.messaging;

import java.nio.file.Path;
import java.util.Map;

/** A real Kafka broker in a process of its own, which comes back on the same port with what it had. */
final class KafkaProcess extends KafkaClients implements AutoCloseable {

    private final int port = Broker.freePort();
    private final int controllerPort = Broker.freePort();
    private final Path directory;
    private BrokerProcess process;

    private KafkaProcess(Path directory) throws Exception {
        this.directory = directory;
        process = started();
    }

    static KafkaProcess startIn(Path directory) throws Exception {
        return new KafkaProcess(directory);
    }

    public static void main(String[] arguments) throws Exception {
        Broker.startIn(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Map.of());
        System.out.println(BrokerProcess.READY);
    }

    @Override
    String address() {
        return "127.0.0.1:" + port;
    }

    void freeze() throws Exception {
        process.freeze();
    }

    void thaw() throws Exception {
        process.thaw();
    }

    void kill() throws Exception {
        process.kill();
    }

    void restart() throws Exception {
        process = started();
    }

    @Override
    public void close() throws Exception {
        process.close();
    }

    private BrokerProcess started() throws Exception {
        return BrokerProcess.start(
                KafkaProcess.class, directory.resolveSibling("kafka-errors.log"), directory, port, controllerPort);
    }
}
