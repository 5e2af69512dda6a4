package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.ArtemisServer;
import java.io.IOException;
import java.nio.file.Path;

/** Artemis, and its consumer. */
record JmsBroker(ArtemisServer server, JmsReceiver receiver) implements AutoCloseable {

    static JmsBroker start(Path data, Expectation expectation) throws IOException {
        ArtemisServer server = ArtemisServer.start(data);
        return new JmsBroker(server, new JmsReceiver(server.address(), expectation));
    }

    @Override
    public void close() {
        receiver.close();
        server.close();
    }
}
