package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.KeyPart;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.InboxId;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Makes the first waiting entry of a key due. */
final class InboxRelease {

    private static final String FIRST =
            """
            SELECT a.consumer, a.source, a.event_id, a.seq FROM %s
            WHERE %s
                AND NOT EXISTS (SELECT 1 FROM %s WHERE %s)
                AND a.seq < COALESCE((SELECT MIN(c.seq) FROM %s WHERE %s), 9223372036854775807)
            ORDER BY %s, a.seq %s
            """;

    private static final String RELEASE =
            """
            UPDATE %s SET state = CASE WHEN attempts = 0 THEN 0 ELSE 7 END, state_time = %s, version = version + 1
            WHERE %s AND state + 0 = 3
            """;

    private static final String EARLIER =
            """
            SELECT b.seq FROM %s WHERE %s AND b.seq < ?5 %s
            """;

    private static final int SEQ = 3;

    private final String table;
    private final String first;
    private final String release;
    private final Optional<String> earlier;

    InboxRelease(Dialect dialect, Tables tables) {
        this.table = tables.inbox();
        this.first = FIRST.formatted(
                dialect.byKey(KeyPart.WAITING, table, "a"),
                InboxRows.ofKey(dialect, KeyPart.WAITING, "a"),
                dialect.byKey(KeyPart.DUE, table, "b"),
                InboxRows.ofNumber(dialect, KeyPart.DUE, "b"),
                dialect.byKey(KeyPart.HELD, table, "c"),
                InboxRows.ofKey(dialect, KeyPart.HELD, "c"),
                dialect.inOrderOfKeys("a"),
                dialect.limit(1));
        this.release = RELEASE.formatted(table, dialect.now(), InboxRows.BY_ID);
        this.earlier = dialect.seesOneMoment()
                ? Optional.empty()
                : Optional.of(EARLIER.formatted(
                        dialect.byKey(KeyPart.UNFINISHED, table, "b"),
                        InboxRows.ofKey(dialect, KeyPart.UNFINISHED, "b"),
                        dialect.limit(1)));
    }

    /**
     * Answers whether one goes on. That no other one is due is only what was seen at first: should there be one by now, the unique
     * index on what is due refuses it, and another look finds the other one.
     */
    boolean release(EntityManager em, String consumer, String channel, String key) {
        return first(em, consumer, channel, key)
                .filter(id -> InboxRows.bind(Sql.change(em, table, release), id).execute() == 1)
                .isPresent();
    }

    private Optional<InboxId> first(EntityManager em, String consumer, String channel, String key) {
        return InboxRows.bindKey(Sql.read(em, first), consumer, channel, key).rows().stream()
                .filter(row -> isFirst(em, consumer, channel, key, row[SEQ]))
                .map(row -> new InboxId(Values.text(row[0]), Values.text(row[1]), Values.text(row[2])))
                .findFirst();
    }

    /** Once nothing is before one that waits, nothing comes there any more but what operators bring back. */
    private boolean isFirst(EntityManager em, String consumer, String channel, String key, Object seq) {
        return earlier.map(sql -> InboxRows.bindKey(Sql.read(em, sql), consumer, channel, key)
                        .set(5, Values.number(seq)))
                .map(query -> query.column().isEmpty())
                .orElse(true);
    }
}
