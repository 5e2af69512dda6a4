package dev.posthorn.messaging;

import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A real broker of AMQP 1.0 in this process, which can be stopped and comes back on the same port with what it had. */
final class Artemis implements AutoCloseable {

    private final int port = Broker.freePort();
    private final Path directory;
    private EmbeddedActiveMQ server;

    private Artemis(Path directory) throws Exception {
        this.directory = directory;
        server = started();
    }

    static Artemis startIn(Path directory) throws Exception {
        return new Artemis(directory);
    }

    int port() {
        return port;
    }

    void stop() throws Exception {
        server.stop();
    }

    void restart() throws Exception {
        server = started();
    }

    /** How many messages a queue keeps; one that nobody uses any more is gone. */
    long count(String queue) {
        Queue found = server.getActiveMQServer().locateQueue(queue);
        return found == null ? 0 : found.getMessageCount();
    }

    int consumers(String queue) {
        Queue found = server.getActiveMQServer().locateQueue(queue);
        return found == null ? 0 : found.getConsumerCount();
    }

    @Override
    public void close() throws Exception {
        stop();
    }

    private EmbeddedActiveMQ started() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                // Queues, which keep what nobody receives yet; the default are topics.
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                                .setDefaultQueueRoutingType(RoutingType.ANYCAST))
                .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
        EmbeddedActiveMQ starting = new EmbeddedActiveMQ().setConfiguration(configuration);
        starting.start();
        return starting;
    }
}
