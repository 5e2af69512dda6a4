package dev.posthorn.jpa;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The rows of events, wherever they are: changed and asked for by SQL, as somebody might by hand. */
record Rows(DataSource dataSource) {

    private static final String COMMON =
            "lane, seq, key_hash, created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source,"
                    + " event_time, content_type, headers, payload, last_error";

    private static final List<String> TABLES = List.of("posthorn_outbox", "posthorn_settled");

    /** Brings an event that was just stored into a state, as the store does; or into one that there is not. */
    void bring(UUID id, int state) {
        String of = " WHERE id = '" + id + "'";
        switch (state) {
            case 1, 5 ->
                Jdbc.execute(
                        dataSource,
                        "INSERT INTO posthorn_settled (state, settled_at, owner, " + COMMON + ") SELECT " + state
                                + ", created_at, owner, " + COMMON + " FROM posthorn_outbox" + of,
                        "DELETE FROM posthorn_outbox" + of);
            case 2 -> putAway(state, "key_hash = -ABS(key_hash)", of);
            case 3 -> putAway(state, "shelf_order = ABS(key_hash)", of);
            case 4, 6, 7 -> putAway(state, "shelf_order = 0", of);
            default -> Jdbc.execute(dataSource, "UPDATE posthorn_outbox SET state = " + state + of);
        }
    }

    private void putAway(int state, String more, String of) {
        Jdbc.execute(dataSource, "UPDATE posthorn_outbox SET state = " + state + ", owner = 0, " + more + of);
    }

    /** Changes what both tables have. */
    void set(String values, String condition) {
        TABLES.forEach(table -> Jdbc.execute(dataSource, "UPDATE " + table + " SET " + values + " WHERE " + condition));
    }

    int count(String condition) {
        return TABLES.stream()
                .mapToInt(table -> Integer.parseInt(
                        Jdbc.query(dataSource, "SELECT COUNT(*) FROM " + table + " WHERE " + condition)))
                .sum();
    }

    /** What one of the tables says of an event. */
    String value(String column, UUID id) {
        String of = " WHERE id = '" + id + "'";
        String table = count(of.replaceFirst(" WHERE ", "") + " AND settled_at IS NOT NULL AND state IN (1, 5)") > 0
                ? "posthorn_settled"
                : "posthorn_outbox";
        return Jdbc.query(dataSource, "SELECT " + column + " FROM " + table + of);
    }

    void clear() {
        TABLES.forEach(table -> Jdbc.execute(dataSource, "DELETE FROM " + table));
    }
}
