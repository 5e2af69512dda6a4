package dev.posthorn.benchmarks.debezium;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What PostgreSQL has for the engine. */
final class Replication {

    static final String PUBLICATION_NAME = "outbox_publication";
    static final String SLOT = "outbox_slot";

    static final String PUBLICATION =
            "DROP PUBLICATION IF EXISTS outbox_publication; CREATE PUBLICATION outbox_publication FOR TABLE outbox";

    /** An engine that was here before has left one, at a place that its own offsets knew. */
    private static final String DROP =
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'outbox_slot'";

    private static final String CREATE = "SELECT pg_create_logical_replication_slot('outbox_slot', 'pgoutput')";

    private Replication() {}

    static void createSlot(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(DROP);
            statement.execute(CREATE);
        }
    }
}
