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

    private DirectServer() {}

    public static void main(String[] arguments) throws Exception {
        PlainServer.start(arguments, DirectServer::variants);
    }

    private static Map<String, Contender> variants(Resources resources) throws SQLException {
        Purchases.createTable(resources);
        HikariDataSource dataSource = Pool.of(resources);
        Producer<String, byte[]> producer =
                new KafkaProducer<>(resources.producerProperties(), new StringSerializer(), new ByteArraySerializer());
        return Map.of(
                "direct",
                direct(dataSource, producer),
                "poller",
                poller(dataSource, producer),
                "inserts",
                new Contender(new TwoInserts(dataSource, EventTable.in(dataSource, "outbox_of_inserts"))::commit),
                "kafka",
                new Contender(orders -> send(producer, orders)));
    }

    private static Contender direct(HikariDataSource dataSource, Producer<String, byte[]> producer) {
        EventTable table = EventTable.in(dataSource, "outbox");
        AcknowledgedRows acknowledged = new AcknowledgedRows(dataSource, table, Thread::new);
        acknowledged.start();
        return new Contender(new DirectRelay(new TwoInserts(dataSource, table), acknowledged, producer));
    }

    private static Contender poller(HikariDataSource dataSource, Producer<String, byte[]> producer) {
        EventTable table = EventTable.in(dataSource, "outbox_of_poller");
        TwoInserts inserts = new TwoInserts(dataSource, table);
        PollingRelay relay =
                new PollingRelay(dataSource, table, (key, payload) -> send(producer, key, payload), Thread::new);
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
