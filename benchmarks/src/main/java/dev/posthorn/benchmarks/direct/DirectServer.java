package dev.posthorn.benchmarks.direct;

import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.load.Contender;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.plain.EventJson;
import dev.posthorn.benchmarks.plain.PlainServer;
import dev.posthorn.benchmarks.plain.Pool;
import dev.posthorn.benchmarks.plain.Purchases;
import dev.posthorn.benchmarks.plain.Resources;
import dev.posthorn.benchmarks.relay.AcknowledgedRows;
import dev.posthorn.benchmarks.relay.EventTable;
import dev.posthorn.benchmarks.relay.PollingRelay;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The process of the yardsticks. */
public final class DirectServer {

    private static final EventTable OF_DIRECT = new EventTable("outbox");
    private static final EventTable OF_POLLER = new EventTable("outbox_of_poller");
    private static final EventTable OF_INSERTS = new EventTable("outbox_of_inserts");

    private DirectServer() {}

    public static void main(String[] arguments) throws Exception {
        PlainServer.start(arguments, DirectServer::variants);
    }

    private static Map<String, Contender> variants(Resources resources) throws SQLException {
        Purchases.createTable(resources);
        HikariDataSource dataSource = Pool.of(resources);
        for (EventTable table : List.of(OF_DIRECT, OF_POLLER, OF_INSERTS)) {
            table.createIn(dataSource);
        }
        Producer<String, byte[]> producer =
                new KafkaProducer<>(resources.producerProperties(), new StringSerializer(), new ByteArraySerializer());
        return Map.of(
                "direct",
                direct(dataSource, producer),
                "poller",
                poller(dataSource, producer),
                "inserts",
                new Contender(new TwoInserts(dataSource, OF_INSERTS)::commit),
                "kafka",
                new Contender(orders -> send(producer, orders)));
    }

    private static Contender direct(HikariDataSource dataSource, Producer<String, byte[]> producer) {
        AcknowledgedRows acknowledged = new AcknowledgedRows(dataSource, OF_DIRECT, Thread::new);
        acknowledged.start();
        return new Contender(new DirectRelay(new TwoInserts(dataSource, OF_DIRECT), acknowledged, producer));
    }

    private static Contender poller(HikariDataSource dataSource, Producer<String, byte[]> producer) {
        TwoInserts inserts = new TwoInserts(dataSource, OF_POLLER);
        PollingRelay relay =
                new PollingRelay(dataSource, OF_POLLER, (key, payload) -> send(producer, key, payload), Thread::new);
        return new Contender(
                orders -> {
                    inserts.commit(orders);
                    relay.wakeUp();
                },
                relay);
    }

    /** Waits for no acknowledgement: that is what a relay, too, does while transactions go on. */
    private static void send(Producer<String, byte[]> producer, List<OrderPlaced> orders) {
        for (OrderPlaced order : orders) {
            send(producer, order.key(), EventJson.bytes(order));
        }
    }

    private static Future<?> send(Producer<String, byte[]> producer, String key, byte[] payload) {
        return producer.send(new ProducerRecord<>(OrderPlaced.TOPIC, key, payload));
    }
}
