package dev.posthorn.benchmarks.direct;

import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.plain.EventJson;
import dev.posthorn.benchmarks.plain.PlainServer;
import dev.posthorn.benchmarks.plain.PlainVariant;
import dev.posthorn.benchmarks.plain.Pool;
import dev.posthorn.benchmarks.plain.Purchases;
import dev.posthorn.benchmarks.plain.Resources;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The process of the yardsticks. */
public final class DirectServer {

    private static final String TABLE_OF_INSERTS = "outbox_of_inserts";

    private DirectServer() {}

    public static void main(String[] arguments) throws Exception {
        PlainServer.start(arguments, DirectServer::variants);
    }

    private static Map<String, PlainVariant> variants(Resources resources) throws SQLException {
        Purchases.createTable(
                resources,
                TwoInserts.table(DirectRelay.TABLE),
                TwoInserts.table(PollingRelay.TABLE),
                TwoInserts.table(TABLE_OF_INSERTS));
        HikariDataSource dataSource = Pool.of(resources);
        Producer<String, byte[]> producer =
                new KafkaProducer<>(resources.producerProperties(), new StringSerializer(), new ByteArraySerializer());
        TwoInserts inserts = new TwoInserts(dataSource, TABLE_OF_INSERTS);
        PollingRelay poller = new PollingRelay(dataSource, producer);
        return Map.of(
                "direct", new PlainVariant(new DirectRelay(dataSource, producer)),
                "poller", new PlainVariant(poller, poller.relay()),
                "inserts", new PlainVariant(inserts::commit),
                "kafka", new PlainVariant(orders -> send(producer, orders)));
    }

    /** Waits for no acknowledgement: that is what a relay, too, does while transactions go on. */
    private static void send(Producer<String, byte[]> producer, List<OrderPlaced> orders) {
        for (OrderPlaced order : orders) {
            producer.send(new ProducerRecord<>(OrderPlaced.TOPIC, order.key(), EventJson.bytes(order)));
        }
    }
}
