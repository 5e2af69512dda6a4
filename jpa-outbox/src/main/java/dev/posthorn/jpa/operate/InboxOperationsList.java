package dev.posthorn.jpa.operate;

import static dev.posthorn.jpa.operate.OperationsStates.INBOX;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.inbox.EntryQuery;
import dev.posthorn.jpa.inbox.InboxChannels;
import dev.posthorn.jpa.inbox.InboxRows;
import dev.posthorn.jpa.inbox.MessageColumns;
import dev.posthorn.jpa.operate.OperationsStates.Part;
import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.statement.WhenDeadColumn;
import dev.posthorn.operator.ReceivedDetails;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedId;
import dev.posthorn.operator.ReceivedMessage;
import dev.posthorn.operator.ReceivedPage;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.ReceivedSummary;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.IncomingMessage;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads entries of the inbox for people. Lists leave messages where they are. */
final class InboxOperationsList {

    // What has been compensated shows the attempts to handle it, not those of its last compensation.
    private static final String SUMMARY =
            """
            source, event_id, seq, state, type, channel, event_key, when_dead, COALESCE(%s, 0), \
            CASE WHEN compensating > 0 AND COALESCE(finished, '') = '' THEN compensating ELSE attempts END, \
            last_error, state_time, received_at\
            """;

    private static final int SUMMARY_COLUMNS = 13;

    private static final String BY_NUMBER =
            """
            SELECT %s FROM %s WHERE %s ORDER BY consumer, state, seq %s
            """;

    private static final String BY_NUMBER_ALONE =
            """
            SELECT %s FROM %s WHERE %s ORDER BY seq %s
            """;

    private static final String BY_TIME =
            """
            SELECT %s FROM %s WHERE %s ORDER BY consumer, state, channel, state_time, seq %s
            """;

    // In the order of the index alone: what has the same time, and was settled together, is sorted by the query above.
    private static final String END_OF_PAGE =
            """
            SELECT MAX(state_time) FROM (
                SELECT state_time FROM %s WHERE %s ORDER BY consumer, state, channel, state_time %s
            ) page
            """;

    private static final String BY_ID = """
            SELECT %s FROM %s WHERE %s
            """;

    private final Dialect dialect;
    private final String table;
    private final String summary;
    private final InboxChannels channels;
    private final String byId;
    private final String details;

    InboxOperationsList(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.table = tables.inbox();
        this.channels = new InboxChannels(dialect, tables);
        this.summary = SUMMARY.formatted(dialect.bytes("payload"));
        this.byId = BY_ID.formatted(summary, table, InboxRows.BY_ID);
        this.details =
                BY_ID.formatted(summary + ", finished, compensating, " + MessageColumns.LIST, table, InboxRows.BY_ID);
    }

    ReceivedPage list(EntityManager em, String consumer, ReceivedFilter filter, @Nullable String after, int limit) {
        InboxOperationsPosition position =
                after == null ? InboxOperationsPosition.START : InboxOperationsPosition.parse(after);
        return filter.ids().isEmpty()
                ? byState(em, consumer, filter, position, limit)
                : byIds(em, consumer, filter, position, limit);
    }

    private ReceivedPage byState(
            EntityManager em, String consumer, ReceivedFilter filter, InboxOperationsPosition after, int limit) {
        List<ReceivedSummary> events = new ArrayList<>();
        InboxOperationsPosition position = after;
        for (Part<ReceivedState> part : states(filter)) {
            if (part.number() >= position.part()) {
                position = position.in(part.number());
                events.addAll(rows(em, part, consumer, filter, position, limit - events.size()));
                if (events.size() == limit) {
                    return new ReceivedPage(
                            events,
                            Optional.of(position.at(events.get(limit - 1)).toString()));
                }
            }
        }
        return new ReceivedPage(events, Optional.empty());
    }

    /** Only what has come to its end has a time when it did. */
    static List<Part<ReceivedState>> states(ReceivedFilter filter) {
        boolean isOfSettled = filter.settledFrom() != null || filter.settledUntil() != null;
        return INBOX.of(filter.states()).stream()
                .filter(part -> part.isFinal() || !isOfSettled)
                .toList();
    }

    private List<ReceivedSummary> rows(
            EntityManager em,
            Part<ReceivedState> part,
            String consumer,
            ReceivedFilter filter,
            InboxOperationsPosition after,
            int limit) {
        if (part.isFinal()) {
            return settled(em, part, consumer, filter, after, limit);
        }
        OperationsFilter condition = condition(part, consumer, filter);
        condition.and("seq > ?", after.seq());
        return rows(em, part.row() == null ? BY_NUMBER_ALONE : BY_NUMBER, condition, limit);
    }

    /** Channel by channel, as the index has them. */
    private List<ReceivedSummary> settled(
            EntityManager em,
            Part<ReceivedState> part,
            String consumer,
            ReceivedFilter filter,
            InboxOperationsPosition after,
            int limit) {
        List<ReceivedSummary> events = new ArrayList<>();
        Optional<String> channel = first(em, part, consumer, filter, after);
        while (channel.isPresent()) {
            String name = channel.get();
            events.addAll(ofChannel(em, part, consumer, filter.channel(name), after.in(name), limit - events.size()));
            boolean isEnd = events.size() == limit || filter.channel() != null;
            channel = isEnd ? Optional.empty() : channels.after(em, part.condition(), consumer, name);
        }
        return events;
    }

    private Optional<String> first(
            EntityManager em,
            Part<ReceivedState> part,
            String consumer,
            ReceivedFilter filter,
            InboxOperationsPosition after) {
        if (filter.channel() != null) {
            return Optional.of(InboxText.name(filter.channel()));
        }
        return after.channel().isEmpty()
                ? channels.after(em, part.condition(), consumer, "")
                : Optional.of(after.channel());
    }

    private List<ReceivedSummary> ofChannel(
            EntityManager em,
            Part<ReceivedState> part,
            String consumer,
            ReceivedFilter filter,
            InboxOperationsPosition after,
            int limit) {
        OperationsFilter condition = condition(part, consumer, filter);
        condition.andAfter("state_time", after.time(), after.seq());
        condition.and("state_time <= ?", endOfPage(em, condition, limit));
        return rows(em, BY_TIME, condition, limit);
    }

    /** The condition on entries in one state. */
    static OperationsFilter condition(Part<ReceivedState> part, String consumer, ReceivedFilter filter) {
        OperationsFilter condition = new OperationsFilter(part.condition(), InboxText.name(consumer), filter);
        condition.and("state_time >= ?", OperationsFilter.millis(filter.settledFrom()));
        condition.and("state_time < ?", OperationsFilter.millis(filter.settledUntil()));
        return condition;
    }

    private List<ReceivedSummary> rows(EntityManager em, String query, OperationsFilter condition, int limit) {
        String sql = query.formatted(summary, table, condition.sql(), dialect.limit(limit));
        return condition.bind(Sql.read(em, sql)).rows().stream()
                .map(RowReader::new)
                .map(InboxOperationsList::summary)
                .toList();
    }

    private @Nullable Long endOfPage(EntityManager em, OperationsFilter condition, int limit) {
        String sql = END_OF_PAGE.formatted(table, condition.sql(), dialect.limit(limit));
        Object end = condition.bind(Sql.read(em, sql)).column().get(0);
        return end == null ? null : Values.number(end);
    }

    /** As many ids at once as events are wanted: some may not meet the other conditions. */
    private ReceivedPage byIds(
            EntityManager em, String consumer, ReceivedFilter filter, InboxOperationsPosition after, int limit) {
        List<ReceivedId> ids = filter.ids().stream().sorted().toList();
        int from = Math.min(after.part(), ids.size());
        int to = Math.min(ids.size(), from + limit);
        List<ReceivedSummary> events = ids.subList(from, to).stream()
                .flatMap(id -> byId(em, consumer, id))
                .distinct()
                .filter(event -> meets(event, filter))
                .toList();
        return new ReceivedPage(
                events,
                to < ids.size()
                        ? Optional.of(InboxOperationsPosition.START.in(to).toString())
                        : Optional.empty());
    }

    private Stream<ReceivedSummary> byId(EntityManager em, String consumer, ReceivedId id) {
        InboxId stored = InboxText.id(new InboxId(consumer, id.source(), id.id()));
        return InboxRows.bind(Sql.read(em, byId), stored).rows().stream()
                .map(RowReader::new)
                .map(InboxOperationsList::summary);
    }

    private static boolean meets(ReceivedSummary event, ReceivedFilter filter) {
        return (filter.states().isEmpty() || filter.states().contains(event.state()))
                && (filter.channel() == null || filter.channel().equals(event.channel()))
                && (filter.type() == null || filter.type().equals(event.type()))
                && (filter.key() == null || filter.key().equals(event.key()))
                && OperationsFilter.isWithin(event.received(), filter.receivedFrom(), filter.receivedUntil())
                && OperationsFilter.isWithin(event.settled(), filter.settledFrom(), filter.settledUntil());
    }

    Optional<ReceivedDetails> find(EntityManager em, InboxId id) {
        return InboxRows.bind(Sql.read(em, details), InboxText.id(id)).rows().stream()
                .findFirst()
                .map(InboxOperationsList::details);
    }

    private static ReceivedDetails details(Object[] columns) {
        RowReader row = new RowReader(columns);
        boolean compensating = row.read(SUMMARY_COLUMNS + 1, "compensating", Values::any, false);
        boolean isKept = columns[columns.length - 1] != null;
        Optional<ReceivedMessage> message =
                isKept ? Optional.of(message(MessageColumns.read("", row, SUMMARY_COLUMNS + 2))) : Optional.empty();
        return new ReceivedDetails(
                summary(row), EntryQuery.finished(row.textOrNull(SUMMARY_COLUMNS)), compensating, message);
    }

    private static ReceivedMessage message(IncomingMessage message) {
        return new ReceivedMessage(
                message.attributes(),
                message.headers(),
                message.contentType(),
                message.key(),
                message.position(),
                message.data());
    }

    /** What can be read of the row; its error says what can't. */
    private static ReceivedSummary summary(RowReader row) {
        RowState known = row.read(3, "state", RowState::read);
        ReceivedState state = INBOX.of(known);
        ReceivedId id = new ReceivedId(row.text(0, "source"), row.text(1, "event_id"));
        long seq = row.read(2, "seq", Values::number, 0L);
        String type = row.text(4, "type");
        String channel = row.text(5, "channel");
        WhenDead whenDead = row.read(7, "when_dead", WhenDeadColumn::read);
        long size = row.read(8, "payload", Values::number, 0L);
        int attempts = row.read(9, "attempts", Values::integer, 0);
        Instant time = row.read(11, "state_time", Values::instant);
        Instant received = row.read(12, "received_at", Values::instant, Instant.EPOCH);
        boolean isDue = state == ReceivedState.DUE || state == ReceivedState.DELAYED;
        return new ReceivedSummary(
                id,
                seq,
                state,
                known == RowState.BLOCKING,
                type,
                channel,
                row.textOrNull(6),
                whenDead,
                size,
                attempts,
                row.error(10),
                isDue ? time : null,
                received,
                state.isFinal() ? time : null);
    }
}
