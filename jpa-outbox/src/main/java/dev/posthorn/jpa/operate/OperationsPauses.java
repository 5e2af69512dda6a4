package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.operator.ChannelPause;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

/** The channels that are paused, each a row. */
final class OperationsPauses {

    private static final String EXISTS =
            """
            SELECT COUNT(*) FROM %s WHERE application = ?1 AND channel = ?2
            """;

    private static final String INSERT =
            """
            INSERT INTO %s (application, channel, paused_at, paused_by) VALUES (?1, ?2, %s, ?3)
            """;

    private static final String DELETE =
            """
            DELETE FROM %s WHERE application = ?1 AND channel = ?2
            """;

    private static final String SELECT =
            """
            SELECT channel, paused_at, paused_by FROM %s WHERE application = ?1 ORDER BY application, channel
            """;

    private static final int MAX_NAME = 255;

    private final String table;
    private final String exists;
    private final String insert;
    private final String delete;
    private final String select;

    OperationsPauses(Dialect dialect, Tables tables) {
        this.table = tables.channel();
        this.exists = EXISTS.formatted(table);
        this.insert = INSERT.formatted(table, dialect.now());
        this.delete = DELETE.formatted(table);
        this.select = SELECT.formatted(table);
    }

    /** Fails if another one pauses the channel at the same moment. */
    boolean pause(EntityManager em, String application, String channel, String by) {
        var known = NativeQuery.read(em, exists).setParameter(1, application).setParameter(2, channel);
        return Values.number(NativeQuery.column(known).get(0)) == 0
                && NativeQuery.change(em, table, insert)
                                .setParameter(1, application)
                                .setParameter(2, channel)
                                .setParameter(3, by.length() > MAX_NAME ? by.substring(0, MAX_NAME) : by)
                                .executeUpdate()
                        == 1;
    }

    boolean resume(EntityManager em, String application, String channel) {
        return NativeQuery.change(em, table, delete)
                        .setParameter(1, application)
                        .setParameter(2, channel)
                        .executeUpdate()
                == 1;
    }

    List<ChannelPause> find(EntityManager em, String application) {
        return NativeQuery.rows(NativeQuery.read(em, select).setParameter(1, application)).stream()
                .map(row -> new ChannelPause(
                        Values.text(row[0]), Instant.ofEpochMilli(Values.number(row[1])), Values.text(row[2])))
                .toList();
    }
}
