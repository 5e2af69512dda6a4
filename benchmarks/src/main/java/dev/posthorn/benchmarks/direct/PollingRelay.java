package dev.posthorn.benchmarks.direct;

import com.zaxxer.hikari.HikariDataSource;
import dev.posthorn.benchmarks.load.Business;
import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.plain.Relay;
import dev.posthorn.benchmarks.plain.RelayThread;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A relay that polls the table, as well as one writes it by hand: one transaction locks a batch, sends all of it, waits for the
 * acknowledgements and deletes it. A commit wakes it up. It has one thread, no retries, and no order within a key where transactions
 * overlap.
 */
final class PollingRelay implements Business {

    static final String TABLE = "outbox_of_poller";

    private static final String CLAIM =
            "SELECT id, event_key, payload FROM outbox_of_poller ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED";
    private static final String DELETE = "DELETE FROM outbox_of_poller WHERE id = ANY (?)";

    private static final int BATCH = 500;
    private static final long POLL_MILLIS = 50;

    private final HikariDataSource dataSource;
    private final TwoInserts inserts;
    private final Producer<String, byte[]> producer;
    private final Semaphore committed = new Semaphore(0);
    private final RelayThread thread = new RelayThread("poller", this::relayBatch);

    PollingRelay(HikariDataSource dataSource, Producer<String, byte[]> producer) {
        this.dataSource = dataSource;
        this.inserts = new TwoInserts(dataSource, TABLE);
        this.producer = producer;
    }

    Relay relay() {
        return thread;
    }

    @Override
    public void place(List<OrderPlaced> orders) throws SQLException {
        inserts.commit(orders);
        if (committed.availablePermits() == 0) {
            committed.release();
        }
    }

    private int relayBatch() throws SQLException, ExecutionException, InterruptedException {
        int relayed = claimAndSend();
        if (relayed < BATCH && committed.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            committed.drainPermits();
        }
        return relayed;
    }

    private int claimAndSend() throws SQLException, ExecutionException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            List<Long> ids = new ArrayList<>(BATCH);
            List<Future<?>> sends = new ArrayList<>(BATCH);
            try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                claim.setInt(1, BATCH);
                try (ResultSet rows = claim.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getLong(1));
                        sends.add(producer.send(
                                new ProducerRecord<>(OrderPlaced.TOPIC, rows.getString(2), rows.getBytes(3))));
                    }
                }
            }
            for (Future<?> send : sends) {
                send.get();
            }
            delete(connection, ids);
            connection.commit();
            return ids.size();
        }
    }

    private static void delete(Connection connection, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
        }
    }
}
