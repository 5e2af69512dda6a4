package dev.posthorn.benchmarks.relay;

import dev.posthorn.benchmarks.load.Relay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A relay that polls the table, as well as one writes it by hand: one transaction locks a batch, sends all of it, waits for the
 * acknowledgements and deletes it. A commit wakes it up. It has one thread, no retries, and no order within a key where transactions
 * overlap.
 */
public final class PollingRelay implements Relay {

    private static final int BATCH = 500;
    private static final long POLL_MILLIS = 50;

    private final DataSource dataSource;
    private final EventTable table;
    private final Sender sender;
    private final Semaphore committed = new Semaphore(0);
    private final RelayThread thread;

    public PollingRelay(DataSource dataSource, EventTable table, Sender sender, ThreadFactory threads) {
        this.dataSource = dataSource;
        this.table = table;
        this.sender = sender;
        this.thread = new RelayThread("poller", this::relayBatch, threads);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() throws InterruptedException {
        thread.stop();
    }

    /** To be called after each commit. */
    public void wakeUp() {
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
            try (PreparedStatement select = connection.prepareStatement(table.claim())) {
                select.setInt(1, BATCH);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getLong(1));
                        sends.add(sender.send(rows.getString(2), rows.getBytes(3)));
                    }
                }
            }
            for (Future<?> send : sends) {
                send.get();
            }
            if (!ids.isEmpty()) {
                table.delete(connection, ids);
            }
            connection.commit();
            // Not every pool resets it.
            connection.setAutoCommit(true);
            return ids.size();
        }
    }
}
