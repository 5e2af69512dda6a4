package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.load.OrderPlaced;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.io.aio.AIOSequentialFileFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * The broker of JMS, in a JVM of its own, with its defaults: a journal that is synchronised with the disk. It takes libaio where that is
 * installed, as the broker does when it is set up by its own command.
 */
public final class ArtemisMain {

    /** What it writes when it takes connections. */
    static final String READY = "The broker is ready";

    private ArtemisMain() {}

    /** @param arguments the port to listen on, and a directory for the journal */
    public static void main(String[] arguments) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration(Integer.parseInt(arguments[0]), Path.of(arguments[1])));
        broker.start();
        System.out.println(READY + ", journal: "
                + broker.getActiveMQServer().getConfiguration().getJournalType());
    }

    private static Configuration configuration(int port, Path data) throws Exception {
        return new ConfigurationImpl()
                .setJournalType(AIOSequentialFileFactory.isSupported() ? JournalType.ASYNCIO : JournalType.NIO)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setLargeMessagesDirectory(data.resolve("large-messages").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port)
                .addQueueConfiguration(QueueConfiguration.of(OrderPlaced.TOPIC).setRoutingType(RoutingType.ANYCAST));
    }
}
