package dev.posthorn.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A real broker of AMQP 1.0 in a process of its own, which comes back on the same port with what it had. */
final class Artemis implements AutoCloseable {

    private final int port = Broker.freePort();
    private final Path directory;
    private BrokerProcess process;

    private Artemis(Path directory) throws Exception {
        this.directory = directory;
        process = started();
    }

    static Artemis startIn(Path directory) throws Exception {
        return new Artemis(directory);
    }

    /** In the process of the broker: answers how many messages or consumers a queue has. */
    public static void main(String[] arguments) throws Exception {
        EmbeddedActiveMQ server = server(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(BrokerProcess.READY);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] question = line.split(" ", 2);
            Queue queue = server.getActiveMQServer().locateQueue(question[1]);
            System.out.println(answer(question[0], queue));
        }
        System.exit(0);
    }

    int port() {
        return port;
    }

    void kill() throws Exception {
        process.kill();
    }

    void freeze() throws Exception {
        process.freeze();
    }

    void thaw() throws Exception {
        process.thaw();
    }

    void restart() throws Exception {
        process = started();
    }

    /** How many messages a queue keeps; one that nobody uses any more is gone. */
    long count(String queue) throws Exception {
        return Long.parseLong(process.ask("messages " + queue));
    }

    long consumers(String queue) throws Exception {
        return Long.parseLong(process.ask("consumers " + queue));
    }

    @Override
    public void close() throws Exception {
        process.close();
    }

    private BrokerProcess started() throws Exception {
        return BrokerProcess.start(Artemis.class, directory.resolve("errors.log"), directory, port);
    }

    private static long answer(String what, Queue queue) {
        if (queue == null) {
            return 0;
        }
        return what.equals("consumers") ? queue.getConsumerCount() : queue.getMessageCount();
    }

    private static EmbeddedActiveMQ server(Path directory, int port) throws Exception {
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
        EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration);
        server.start();
        return server;
    }
}
