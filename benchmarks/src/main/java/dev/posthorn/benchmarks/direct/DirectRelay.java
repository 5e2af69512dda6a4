package dev.posthorn.benchmarks.direct;

import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.direct.TwoInserts.Stored;
import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.plain.RelayThread;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The least that a relay from memory has to do: two inserts, commit, send; acknowledged rows are deleted in batches. It does less
 * than an outbox must: no order within a key, no retries, and what a crash leaves behind stays there.
 */
final class DirectRelay implements Business {

    static final String TABLE = "outbox";

    private static final long GATHER_MILLIS = 20;
    private static final int MAX_BATCH = 5000;

    private final HikariDataSource dataSource;
    private final TwoInserts inserts;
    private final Producer<String, byte[]> producer;
    private final LinkedBlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();

    DirectRelay(HikariDataSource dataSource, Producer<String, byte[]> producer) {
        this.dataSource = dataSource;
        this.inserts = new TwoInserts(dataSource, TABLE);
        this.producer = producer;
        new RelayThread("delete", this::deleteAcknowledged).start();
    }

    @Override
    public void place(List<OrderPlaced> orders) throws SQLException {
        for (Stored event : inserts.commit(orders)) {
            producer.send(new ProducerRecord<>(OrderPlaced.TOPIC, event.key(), event.payload()), (metadata, error) -> {
                if (error == null) {
                    acknowledged.add(event.id());
                }
            });
        }
    }

    private int deleteAcknowledged() throws SQLException, InterruptedException {
        List<Long> ids = new ArrayList<>();
        ids.add(acknowledged.take());
        Thread.sleep(GATHER_MILLIS);
        acknowledged.drainTo(ids, MAX_BATCH);
        delete(ids);
        return ids.size();
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
