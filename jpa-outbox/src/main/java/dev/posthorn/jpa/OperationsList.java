package dev.posthorn.jpa;

import dev.posthorn.operator.EventDetails;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads events for people. Lists leave payloads where they are. */
final class OperationsList {

    private static final String SUMMARY =
            """
            id, seq, state, type, event_time, channel, topic, event_key, ordered, when_dead, %s, attempts, \
            last_error, owner, due_at, created_at, settled_at\
            """;

    private static final int SUMMARY_COLUMNS = 17;

    // Constants come first, since H2 uses an index for sorting only if all its columns are named.
    private static final String BY_NUMBER =
            """
            SELECT %s FROM %s WHERE %s ORDER BY state, application, seq %s
            """;

    private static final String BY_TIME =
            """
            SELECT %s FROM %s WHERE %s ORDER BY state, application, settled_at, seq %s
            """;

    // In the order of the index alone: what has the same time, and was settled together, is sorted by the query above.
    private static final String END_OF_PAGE =
            """
            SELECT MAX(settled_at) FROM (
                SELECT settled_at FROM %s WHERE %s ORDER BY state, application, settled_at %s
            ) page
            """;

    private static final String BY_IDS =
            """
            SELECT %s FROM %s WHERE id :in_ids AND application = ?1
            """;

    private static final String DETAILS =
            """
            SELECT %s, source, content_type, headers, payload FROM %s WHERE id = %s AND application = ?2
            """;

    private final Dialect dialect;
    private final String table;
    private final String summary;
    private final ByIds byIds;
    private final String details;

    OperationsList(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.outbox();
        this.summary = SUMMARY.formatted(dialect.bytes("payload"));
        this.byIds = new ByIds(dialect, table, BY_IDS.formatted(summary, table), 1);
        this.details = DETAILS.formatted(summary, table, dialect.uuid(1));
    }

    EventPage list(EntityManager em, String application, EventFilter filter, @Nullable String after, int limit) {
        OperationsPosition position = after == null ? OperationsPosition.START : OperationsPosition.parse(after);
        return filter.ids().isEmpty()
                ? byState(em, application, filter, position, limit)
                : byIds(em, application, filter, position, limit);
    }

    private EventPage byState(
            EntityManager em, String application, EventFilter filter, OperationsPosition after, int limit) {
        List<EventSummary> events = new ArrayList<>();
        OperationsPosition position = after;
        for (OperationsState state : OperationsState.of(filter.states())) {
            if (state.ordinal() >= position.part()) {
                position = position.in(state.ordinal());
                int wanted = limit - events.size();
                List<EventSummary> found = rows(em, state, application, filter, position, wanted);
                events.addAll(found);
                if (found.size() == wanted) {
                    return new EventPage(
                            events,
                            Optional.of(position.at(found.get(wanted - 1)).toString()));
                }
            }
        }
        return new EventPage(events, Optional.empty());
    }

    private List<EventSummary> rows(
            EntityManager em,
            OperationsState state,
            String application,
            EventFilter filter,
            OperationsPosition after,
            int limit) {
        OperationsFilter condition = new OperationsFilter(state.code(), application, filter);
        if (!state.state().isFinal()) {
            condition.and("seq > ?", after.seq());
            return rows(em, BY_NUMBER, condition, limit);
        }
        condition.andAfter("settled_at", after.settledAt(), after.seq());
        condition.and("settled_at <= ?", endOfPage(em, condition, limit));
        return rows(em, BY_TIME, condition, limit);
    }

    private List<EventSummary> rows(EntityManager em, String query, OperationsFilter condition, int limit) {
        String sql = query.formatted(summary, table, condition.sql(), dialect.limit(limit));
        return NativeQuery.rows(condition.bind(NativeQuery.read(em, sql))).stream()
                .map(OperationsList::summary)
                .toList();
    }

    private @Nullable Long endOfPage(EntityManager em, OperationsFilter condition, int limit) {
        String sql = END_OF_PAGE.formatted(table, condition.sql(), dialect.limit(limit));
        Object end =
                NativeQuery.column(condition.bind(NativeQuery.read(em, sql))).get(0);
        return end == null ? null : Values.number(end);
    }

    /** As many ids at once as events are wanted: some may not meet the other conditions. */
    private EventPage byIds(
            EntityManager em, String application, EventFilter filter, OperationsPosition after, int limit) {
        List<UUID> ids = filter.ids().stream().sorted().toList();
        int from = Math.min(after.part(), ids.size());
        int to = Math.min(ids.size(), from + limit);
        List<EventSummary> events = byIds.rows(em, ids.subList(from, to), application)
                .map(OperationsList::summary)
                .filter(event -> meets(event, filter))
                .sorted(Comparator.comparingLong(EventSummary::seq))
                .toList();
        return new EventPage(
                events,
                to < ids.size() ? Optional.of(OperationsPosition.START.in(to).toString()) : Optional.empty());
    }

    private static boolean meets(EventSummary event, EventFilter filter) {
        return (filter.states().isEmpty() || filter.states().contains(event.state()))
                && (filter.channel() == null || filter.channel().equals(event.channel()))
                && (filter.type() == null || filter.type().equals(event.type()))
                && (filter.key() == null || filter.key().equals(event.key()))
                && OperationsFilter.isWithin(event.stored(), filter.storedFrom(), filter.storedUntil())
                && OperationsFilter.isWithin(event.settled(), filter.settledFrom(), filter.settledUntil());
    }

    Optional<EventDetails> find(EntityManager em, String application, UUID id) {
        return NativeQuery.rows(NativeQuery.read(em, details)
                        .setParameter(1, id.toString())
                        .setParameter(2, application))
                .stream()
                .findFirst()
                .map(OperationsList::details);
    }

    private static EventDetails details(Object[] row) {
        return new EventDetails(
                summary(row),
                Values.text(row[SUMMARY_COLUMNS]),
                Values.text(row[SUMMARY_COLUMNS + 1]),
                HeadersText.read(Values.text(row[SUMMARY_COLUMNS + 2])),
                Values.bytes(row[SUMMARY_COLUMNS + 3]));
    }

    private static EventSummary summary(Object[] row) {
        OperationsState state = OperationsState.of(Values.integer(row[2]));
        return new EventSummary(
                Values.uuid(row[0]),
                Values.number(row[1]),
                state.state(),
                state == OperationsState.BLOCKING,
                Values.text(row[3]),
                Instant.parse(Values.text(row[4])),
                Values.text(row[5]),
                Values.text(row[6]),
                Values.textOrNull(row[7]),
                Values.integer(row[8]) == 1,
                WhenDeadColumn.of(Values.integer(row[9])),
                Values.number(row[10]),
                Values.integer(row[11]),
                Values.textOrNull(row[12]),
                Values.text(row[13]),
                state.state() == EventState.DELAYED ? Instant.ofEpochMilli(Values.number(row[14])) : null,
                Instant.ofEpochMilli(Values.number(row[15])),
                row[16] == null ? null : Instant.ofEpochMilli(Values.number(row[16])));
    }
}
