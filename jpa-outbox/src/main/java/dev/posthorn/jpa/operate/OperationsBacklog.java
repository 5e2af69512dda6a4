package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.spi.OperatorStore.Backlog;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds the first unsent event of each owner and channel by jumping through the index, however many there are. */
final class OperationsBacklog {

    private static final String NEXT_OWNER =
            """
            SELECT owner FROM %s WHERE state = 0 AND application = ?1 AND owner > ?2
            ORDER BY state, application, owner %s
            """;

    private static final String NEXT_CHANNEL =
            """
            SELECT channel FROM %s WHERE state = 0 AND application = ?1 AND owner = ?2 AND channel > ?3
            ORDER BY state, application, owner, channel %s
            """;

    private static final String FIRST_EVENT =
            """
            SELECT created_at, %s FROM %s WHERE state = 0 AND application = ?1 AND owner = ?2 AND channel = ?3
            ORDER BY state, application, owner, channel, seq %s
            """;

    private static final String LIVES = """
            SELECT COUNT(*) FROM %s WHERE id = ?1
            """;

    private final String nextOwner;
    private final String nextChannel;
    private final String firstEvent;
    private final String lives;

    OperationsBacklog(Dialect dialect, Tables tables) {
        this.nextOwner = NEXT_OWNER.formatted(tables.outbox(), dialect.limit(1));
        this.nextChannel = NEXT_CHANNEL.formatted(tables.outbox(), dialect.limit(1));
        this.firstEvent = FIRST_EVENT.formatted(dialect.now(), tables.outbox(), dialect.limit(1));
        this.lives = LIVES.formatted(tables.node());
    }

    List<Backlog> find(EntityManager em, String application) {
        List<Backlog> backlog = new ArrayList<>();
        for (String owner : jump(em, nextOwner, application)) {
            boolean ownerLives = Values.number(one(em, lives, owner).get(0)) > 0;
            for (String channel : jump(em, nextChannel, application, owner)) {
                firstEvent(em, application, owner, channel)
                        .forEach(age -> backlog.add(new Backlog(channel, owner, ownerLives, age)));
            }
        }
        return backlog;
    }

    /** None if it has been delivered meanwhile. */
    private List<Duration> firstEvent(EntityManager em, String application, String owner, String channel) {
        return NativeQuery.rows(NativeQuery.read(em, firstEvent)
                        .setParameter(1, application)
                        .setParameter(2, owner)
                        .setParameter(3, channel))
                .stream()
                .map(row -> Duration.ofMillis(Math.max(0, Values.number(row[1]) - Values.number(row[0]))))
                .toList();
    }

    /** The values of the column after the given ones of the index, each once. */
    private static List<String> jump(EntityManager em, String sql, String... before) {
        List<String> values = new ArrayList<>();
        String last = "";
        while (true) {
            Object[] parameters = new Object[before.length + 1];
            System.arraycopy(before, 0, parameters, 0, before.length);
            parameters[before.length] = last;
            List<?> next = one(em, sql, parameters);
            if (next.isEmpty()) {
                return values;
            }
            last = Values.text(next.get(0));
            values.add(last);
        }
    }

    private static List<?> one(EntityManager em, String sql, Object... parameters) {
        var query = NativeQuery.read(em, sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return NativeQuery.column(query);
    }
}
