package dev.posthorn.jpa;

import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.spi.Node;

/** SQL that fills the tables on PostgreSQL with rows as the store writes them, many at once. */
final class Filling {

    private static final String COLUMNS =
            "lane, seq, key_hash, created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source,"
                    + " event_time, content_type, headers, payload, settled_at";

    // The numbers of keys, as any language computes them.
    private static final String HASH =
            "(('x' || substr(encode(sha256(convert_to(%s, 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint & 9223372036854775807)";

    // Ids follow each other, as those do that are ordered by time.
    private static final String ROWS =
            """
            INSERT INTO %1$s (state, owner, %2$s%3$s)
            SELECT %4$d, %5$d, %6$d, %7$s, %8$s%9$s, i, 0, 1, 0, CAST(lpad(to_hex(%10$d + i), 32, '0') AS uuid), '%11$s', '%12$s', '%13$s', %14$s,
                'OrderPlaced', '/shop', '2026-01-01T00:00:00Z', 'application/json', '', convert_to(repeat('x', 200), 'UTF8'), %15$s%16$s
            FROM generate_series(1, %17$d) i
            """;

    private Filling() {}

    /** The number of a key. */
    static String hash(String key) {
        return HASH.formatted(key);
    }

    /** Rows of a node's channel. They are nobody's in states in which events are put away. */
    static String of(Node node, String channel, String topic, RowState state, String key, long from, int count) {
        boolean settled = state == RowState.DELIVERED || state == RowState.DISCARDED;
        String hash = (state == RowState.DEAD ? "-" : "") + hash(key);
        long owner = state == RowState.UNSENT || settled ? Numbers.owner(node) : Numbers.NOBODY;
        return ROWS.formatted(
                settled ? "posthorn_settled" : "posthorn_outbox",
                COLUMNS,
                settled ? "" : ", shelf_order",
                state.code(),
                owner,
                Numbers.lane(node.application(), channel),
                settled ? from + " + i" : "nextval(pg_get_serial_sequence('posthorn_outbox', 'seq'))",
                hash,
                "",
                from,
                node.application(),
                channel,
                topic,
                key,
                settled ? "i" : "NULL",
                settled ? "" : state == RowState.WAITING ? ", " + hash : ", 0",
                count);
    }
}
