package dev.posthorn.benchmarks.direct;

import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.OrderPlaced;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The least that a relay from memory has to do: two inserts, commit, send; acknowledged rows are deleted in batches. It does less
 * than an outbox must: no order within a key, no retries, and what a crash leaves behind stays there.
 */
final class DirectRelay implements Business {

    private static final long GATHER_MILLIS = 20;
    private static final int MAX_BATCH = 5000;

    private final HikariDataSource dataSource;
    private final TwoInserts inserts;
    private final Producer<String, byte[]> producer;
    private final LinkedBlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();

    DirectRelay(HikariDataSource dataSource, TwoInserts inserts, String bootstrapServers, int lingerMillis) {
        this.dataSource = dataSource;
        this.inserts = inserts;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", lingerMillis),
                new StringSerializer(),
                new ByteArraySerializer());
        Thread thread = new Thread(this::deleteForEver, "delete");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void place(OrderPlaced order) throws SQLException {
        byte[] payload = TwoInserts.json(order);
        long id = inserts.commit(order, payload);
        producer.send(new ProducerRecord<>(OrderPlaced.TOPIC, order.key(), payload), (metadata, error) -> {
            if (error == null) {
                acknowledged.add(id);
            }
        });
    }

    private void deleteForEver() {
        try {
            while (true) {
                List<Long> ids = new ArrayList<>();
                ids.add(acknowledged.take());
                Thread.sleep(GATHER_MILLIS);
                acknowledged.drainTo(ids, MAX_BATCH);
                delete(ids);
            }
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void delete(List<Long> ids) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement relax = connection.createStatement();
                    PreparedStatement delete = connection.prepareStatement("DELETE FROM outbox WHERE id = ANY (?)")) {
                relax.execute("SET LOCAL synchronous_commit = off");
                delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                delete.executeUpdate();
            }
            connection.commit();
        }
    }
}
