package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Lanes;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.operator.ChannelPause;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

/** The channels that are paused. */
final class OperationsPauses {

    private static final String PAUSE =
            """
            UPDATE %s SET paused_at = %s, paused_by = ?2 WHERE lane = ?1 AND paused_at IS NULL
            """;

    private static final String RESUME =
            """
            UPDATE %s SET paused_at = NULL, paused_by = NULL WHERE lane = ?1 AND paused_at IS NOT NULL
            """;

    private static final String SELECT =
            """
            SELECT channel, paused_at, paused_by FROM %s WHERE application = ?1 AND paused_at IS NOT NULL ORDER BY channel
            """;

    private static final int MAX_NAME = 255;

    private final String table;
    private final Lanes lanes;
    private final String pause;
    private final String resume;
    private final String select;

    OperationsPauses(Dialect dialect, Tables tables, Lanes lanes) {
        this.table = tables.channel();
        this.lanes = lanes;
        this.pause = PAUSE.formatted(table, dialect.now());
        this.resume = RESUME.formatted(table);
        this.select = SELECT.formatted(table);
    }

    /** The channel need not be known: its node may start later. */
    boolean pause(EntityManager em, String application, String channel, String by) {
        lanes.enter(em, application, channel);
        String who = by.length() > MAX_NAME ? by.substring(0, MAX_NAME) : by;
        return Sql.change(em, table, pause)
                        .setAll(Numbers.lane(application, channel), who)
                        .execute()
                == 1;
    }

    boolean resume(EntityManager em, String application, String channel) {
        return Sql.change(em, table, resume)
                        .setAll(Numbers.lane(application, channel))
                        .execute()
                == 1;
    }

    List<ChannelPause> find(EntityManager em, String application) {
        return Sql.read(em, select).set(1, application).rows().stream()
                .map(row -> new ChannelPause(
                        Values.text(row[0]), Instant.ofEpochMilli(Values.number(row[1])), Values.text(row[2])))
                .toList();
    }
}
