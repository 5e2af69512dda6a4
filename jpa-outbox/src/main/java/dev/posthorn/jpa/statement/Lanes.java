package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The channels of applications, of which the outbox has the numbers. Each node enters those that it relays; operators read them. */
public final class Lanes {

    private static final String KNOWN = "SELECT 1 FROM %s k WHERE k.lane = ?1";

    private static final String INSERT = "INSERT INTO %s (lane, application, channel)";

    private static final String SELECT =
            """
            SELECT lane FROM %s WHERE application = ?1 ORDER BY lane
            """;

    private final String table;
    private final String known;
    private final String insert;
    private final String select;

    public Lanes(Dialect dialect, Tables tables) {
        this.table = tables.channel();
        this.known = KNOWN.formatted(table);
        this.insert = dialect.insertIfAbsent(
                INSERT.formatted(table),
                dialect.number(1) + ", " + dialect.text(2) + ", " + dialect.text(3),
                "EXISTS (" + known + ")");
        this.select = SELECT.formatted(table);
    }

    /** Enters a channel, unless it is known. */
    public void enter(EntityManager em, String application, String channel) {
        long lane = Numbers.lane(application, channel);
        if (Sql.read(em, known).set(1, lane).rows().isEmpty()) {
            Sql.change(em, table, insert).setAll(lane, application, channel).execute();
        }
    }

    /** The lanes of an application, in the order of their numbers. */
    public List<Long> of(EntityManager em, String application) {
        return Sql.read(em, select).set(1, application).numbers();
    }

    /** The condition that a row is of some lanes, whose numbers are parameters from a position on. */
    public static String among(Collection<Long> lanes, int position) {
        return IntStream.range(position, position + lanes.size())
                .mapToObj(parameter -> "?" + parameter)
                .collect(Collectors.joining(", ", "lane IN (", ")"));
    }
}
