package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLTransactionRollbackException;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Moves events from the outbox to the table of what is settled. One statement does it where the database has such a thing. Elsewhere the
 * rows are locked, inserted there, and deleted here.
 */
public final class Settling<T> {

    /** What both tables have, and no move changes. */
    public static final String COLUMNS =
            """
            lane, seq, key_hash, created_at, attempts, ordered, when_dead, id, application, channel, topic, event_key, type, source, event_time, \
            content_type, headers, payload, last_error\
            """;

    private static final String AT_ONCE =
            """
            WITH gone AS (DELETE FROM %1$s WHERE %2$s RETURNING owner, %3$s)
            INSERT INTO %4$s (state, settled_at, owner, %3$s) SELECT %5$d, %6$s, ABS(owner), %3$s FROM gone
            """;

    private static final String INSERT =
            """
            INSERT INTO %4$s (state, settled_at, owner, %3$s) SELECT %5$d, %6$s, ABS(owner), %3$s FROM %1$s WHERE %2$s %7$s
            """;

    // Changes nothing, and locks what it finds.
    private static final String LOCK = """
            UPDATE %s SET attempts = attempts WHERE %s
            """;

    private static final String DELETE = """
            DELETE FROM %s WHERE %s
            """;

    private final boolean atOnce;
    private final Optional<Among<T>> lock;
    private final Among<T> insert;
    private final Among<T> delete;

    private Settling(
            Dialect dialect, Tables tables, RowState state, String condition, Function<String, Among<T>> statement) {
        this.atOnce = dialect.movesAtOnce();
        this.lock = atOnce || dialect.lock().isPresent()
                ? Optional.empty()
                : Optional.of(statement.apply(LOCK.formatted(tables.outbox(), condition)));
        this.insert = statement.apply((atOnce ? AT_ONCE : INSERT)
                .formatted(
                        tables.outbox(),
                        condition,
                        COLUMNS,
                        tables.settled(),
                        state.code(),
                        dialect.now(),
                        dialect.lock().orElse("")));
        this.delete = statement.apply(DELETE.formatted(tables.outbox(), condition));
    }

    /**
     * Of rows given by their numbers.
     *
     * @param condition which of them, with {@code :among} where the comparison goes
     * @param parameters how many parameters of its own it has; they come first
     */
    public static Settling<Long> numbers(
            Dialect dialect, Tables tables, RowState state, String condition, int parameters) {
        return new Settling<>(
                dialect, tables, state, condition, sql -> Among.numbers(dialect, tables.outbox(), sql, parameters));
    }

    /** The same of rows given by their ids. */
    public static Settling<UUID> ids(Dialect dialect, Tables tables, RowState state, String condition, int parameters) {
        return new Settling<>(
                dialect, tables, state, condition, sql -> Among.ids(dialect, tables.outbox(), sql, parameters));
    }

    /** Answers how many were moved. */
    public int settle(EntityManager em, Collection<T> rows, Object... parameters) {
        if (lock.isPresent() && lock.get().change(em, rows, parameters) == 0) {
            return 0;
        }
        int moved = insert.change(em, rows, parameters);
        return atOnce ? moved : requireSame(moved, delete.change(em, rows, parameters));
    }

    /** How many rows were moved. If some of them changed meanwhile, the transaction is to be done again. */
    public static int requireSame(int inserted, int deleted) {
        if (inserted != deleted) {
            throw new PersistenceException(
                    new SQLTransactionRollbackException("what was to be moved changed meanwhile", Contention.AGAIN));
        }
        return inserted;
    }
}
