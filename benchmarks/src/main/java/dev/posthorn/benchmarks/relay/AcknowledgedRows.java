package dev.posthorn.benchmarks.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/** Deletes the rows of events that the broker has acknowledged, in batches, on a thread of its own. */
public final class AcknowledgedRows {

    private static final long GATHER_MILLIS = 20;
    private static final int MAX_BATCH = 5000;

    private final DataSource dataSource;
    private final EventTable table;
    private final LinkedBlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();
    private final RelayThread thread;

    public AcknowledgedRows(DataSource dataSource, EventTable table, ThreadFactory threads) {
        this.dataSource = dataSource;
        this.table = table;
        this.thread = new RelayThread("delete", this::deleteAcknowledged, threads);
    }

    public void start() {
        thread.start();
    }

    public void add(long id) {
        acknowledged.add(id);
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
            table.waitForNoDisk(connection);
            table.delete(connection, ids);
            connection.commit();
            // Not every pool resets it.
            connection.setAutoCommit(true);
        }
    }
}
