package dev.posthorn.jpa.operate;

import static dev.posthorn.jpa.operate.OperationsStates.OUTBOX;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.operate.OperationsStates.Part;
import dev.posthorn.jpa.statement.ByIds;
import dev.posthorn.jpa.statement.HeadersText;
import dev.posthorn.jpa.statement.NativeQuery;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.statement.WhenDeadColumn;
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
import java.util.Map;
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

    private static final UUID NO_ID = new UUID(0, 0);

    // Constants come first, since H2 uses an index for sorting only if all its columns are named.
    private static final String BY_NUMBER =
            """
            SELECT %s FROM %s WHERE %s ORDER BY state, application, seq %s
            """;

    private static final String BY_NUMBER_ALONE =
            """
            SELECT %s FROM %s WHERE %s ORDER BY seq %s
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
        for (Part<EventState> part : OUTBOX.of(filter.states())) {
            if (part.number() >= position.part()) {
                position = position.in(part.number());
                int wanted = limit - events.size();
                List<EventSummary> found = rows(em, part, application, filter, position, wanted);
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
            Part<EventState> part,
            String application,
            EventFilter filter,
            OperationsPosition after,
            int limit) {
        OperationsFilter condition = new OperationsFilter(part.condition(), application, filter);
        if (!part.isFinal()) {
            condition.and("seq > ?", after.seq());
            return rows(em, part.row() == null ? BY_NUMBER_ALONE : BY_NUMBER, condition, limit);
        }
        condition.andAfter("settled_at", after.settledAt(), after.seq());
        condition.and("settled_at <= ?", endOfPage(em, condition, limit));
        return rows(em, BY_TIME, condition, limit);
    }

    private List<EventSummary> rows(EntityManager em, String query, OperationsFilter condition, int limit) {
        String sql = query.formatted(summary, table, condition.sql(), dialect.limit(limit));
        return NativeQuery.rows(condition.bind(NativeQuery.read(em, sql))).stream()
                .filter(row -> Values.isUuid(row[0]))
                .map(RowReader::new)
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
                .map(RowReader::new)
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

    private static EventDetails details(Object[] columns) {
        RowReader row = new RowReader(columns);
        String source = row.text(SUMMARY_COLUMNS, "source");
        String contentType = row.text(SUMMARY_COLUMNS + 1, "content_type");
        Map<String, String> headers = row.read(SUMMARY_COLUMNS + 2, "headers", HeadersText::readColumn, Map.of());
        byte[] data = row.read(SUMMARY_COLUMNS + 3, "payload", Values::bytes, new byte[0]);
        return new EventDetails(summary(row), source, contentType, headers, data);
    }

    /** What can be read of the row; its error says what can't. */
    private static EventSummary summary(RowReader row) {
        RowState known = row.read(2, "state", RowState::read);
        EventState state = OUTBOX.of(known);
        UUID id = row.read(0, "id", Values::uuid, NO_ID);
        long seq = row.read(1, "seq", Values::number, 0L);
        String type = row.text(3, "type");
        Instant time = row.read(4, "event_time", Values::time);
        String channel = row.text(5, "channel");
        String topic = row.text(6, "topic");
        boolean ordered = row.read(8, "ordered", Values::flag, false);
        WhenDead whenDead = row.read(9, "when_dead", WhenDeadColumn::read);
        long size = row.read(10, "payload", Values::number, 0L);
        int attempts = row.read(11, "attempts", Values::integer, 0);
        String owner = row.text(13, "owner");
        Instant due = state == EventState.DELAYED ? row.read(14, "due_at", Values::instant) : null;
        Instant stored = row.read(15, "created_at", Values::instant, Instant.EPOCH);
        return new EventSummary(
                id,
                seq,
                state,
                known == RowState.BLOCKING,
                type,
                time,
                channel,
                topic,
                row.textOrNull(7),
                ordered,
                whenDead,
                size,
                attempts,
                row.error(12),
                owner,
                due,
                stored,
                row.instantOrNull(16));
    }
}
