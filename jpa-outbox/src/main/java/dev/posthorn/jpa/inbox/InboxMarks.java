package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.ErrorText;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.spi.InboxId;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;

/** Notes what became of entries that are due: changes of what has not changed since it was seen, never of other rows. */
final class InboxMarks {

    private static final String CHANGE =
            """
            UPDATE %s SET version = version + 1, %s WHERE %s AND version = ?4 AND state + 0 IN (0, 7)%s
            """;

    private static final String FINISH = "state = 1, state_time = %s";

    private static final String ADVANCE = "state = 0, attempts = 0, state_time = %s + ?5, finished = ?6";

    private static final String DELAY = "state = 7, state_time = %s + ?5, attempts = ?6, last_error = ?7";

    // The attempt that has failed is not counted yet. How many there were is noted first: MySQL assigns from left to
    // right.
    private static final String COMPENSATE =
            """
            state = 0, state_time = %s, compensating = CASE WHEN attempts < 32767 THEN attempts + 1 ELSE 32767 END, \
            attempts = 0, last_error = ?5""";

    private static final String BURY =
            """
            state = CASE WHEN event_key IS NULL OR when_dead = 2 THEN 2 WHEN when_dead = 1 THEN 4 ELSE 6 END, \
            state_time = %s, attempts = ?5, last_error = ?6""";

    private static final String GIVE_UP = "state = 5, state_time = %s, attempts = ?5, last_error = ?6";

    private final String table;
    private final String finish;
    private final String advance;
    private final String delay;
    private final String compensate;
    private final String bury;
    private final String giveUp;

    InboxMarks(Dialect dialect, Tables tables) {
        this.table = tables.inbox();
        this.finish = change(dialect, FINISH);
        this.advance = change(dialect, ADVANCE);
        this.delay = change(dialect, DELAY);
        this.compensate = change(dialect, COMPENSATE);
        this.bury = change(dialect, BURY);
        this.giveUp = change(dialect, GIVE_UP);
    }

    boolean finish(EntityManager em, InboxId id, int version) {
        return isDone(query(em, finish, id, version));
    }

    boolean advance(EntityManager em, InboxId id, int version, List<String> finished, Duration hold) {
        return isDone(query(em, advance, id, version).set(5, hold.toMillis()).set(6, String.join("\n", finished)));
    }

    boolean delay(EntityManager em, InboxId id, int version, int attempts, String error, Duration delay) {
        return isDone(query(em, this.delay, id, version)
                .set(5, delay.toMillis())
                .set(6, attempts)
                .set(7, ErrorText.storable(error)));
    }

    boolean compensate(EntityManager em, InboxId id, int version, String error) {
        return isDone(query(em, compensate, id, version).set(5, ErrorText.storable(error)));
    }

    boolean bury(EntityManager em, InboxId id, int version, int attempts, String error) {
        return end(em, bury, id, version, attempts, error);
    }

    boolean giveUp(EntityManager em, InboxId id, int version, int attempts, String error) {
        return end(em, giveUp, id, version, attempts, error);
    }

    private boolean end(EntityManager em, String sql, InboxId id, int version, int attempts, String error) {
        return isDone(query(em, sql, id, version).set(5, attempts).set(6, ErrorText.storable(error)));
    }

    private Sql query(EntityManager em, String sql, InboxId id, int version) {
        return InboxRows.bind(Sql.change(em, table, sql), InboxText.id(id)).set(4, version);
    }

    private static boolean isDone(Sql query) {
        return query.execute() == 1;
    }

    private String change(Dialect dialect, String assignments) {
        return CHANGE.formatted(table, assignments.formatted(dialect.now()), InboxRows.BY_ID, dialect.plannedAnew(1));
    }
}
