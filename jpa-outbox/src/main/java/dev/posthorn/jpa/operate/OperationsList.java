package dev.posthorn.jpa.operate;

import static dev.posthorn.jpa.operate.OperationsStates.OUTBOX;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.operate.OperationsOwners.Names;
import dev.posthorn.jpa.operate.OperationsStates.Part;
import dev.posthorn.jpa.statement.Among;
import dev.posthorn.jpa.statement.HeadersText;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.RowReader;
import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.jpa.statement.Sql;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads events for people. Lists leave payloads where they are. */
final class OperationsList {

    private static final String SUMMARY =
            """
            id, seq, state, type, event_time, channel, topic, event_key, ordered, when_dead, %s AS bytes, attempts, last_error, owner, \
            %s AS place, created_at, settled_at\
            """;

    private static final int SUMMARY_COLUMNS = 17;

    private static final UUID NO_ID = new UUID(0, 0);

    private static final String ONE = "SELECT %s FROM %s WHERE %s AND %s ORDER BY %s %s";

    private static final String SEVERAL = "SELECT * FROM (%s) several ORDER BY place, seq %s";

    private static final String BY_IDS =
            """
            SELECT %s FROM %s WHERE id :among AND application = ?1%s
            """;

    private static final String DETAILS =
            """
            SELECT %s, source, content_type, headers, payload FROM %s WHERE id = %s AND application = ?2%s
            """;

    private final Dialect dialect;
    private final Tables tables;
    private final OperationsLanes lanes;
    private final OperationsOwners owners;
    private final String unfinished;
    private final String delayed;
    private final String settled;
    private final List<Among<UUID>> byIds;
    private final List<String> details;

    OperationsList(Dialect dialect, Tables tables, OperationsLanes lanes, OperationsOwners owners) {
        this.dialect = dialect;
        this.tables = tables;
        this.lanes = lanes;
        this.owners = owners;
        String bytes = dialect.bytes("payload");
        this.unfinished = SUMMARY.formatted(bytes, "0");
        this.delayed = SUMMARY.formatted(bytes, "shelf_order");
        this.settled = SUMMARY.formatted(bytes, "settled_at");
        // What was never put away comes last, since PostgreSQL has no index on its ids.
        this.byIds = List.of(
                byIds(settled, tables.settled(), ""),
                byIds(delayed, tables.outbox(), " AND owner + 0 <= 0"),
                byIds(delayed, tables.outbox(), " AND owner + 0 > 0"));
        this.details = List.of(
                details(settled, tables.settled(), ""),
                details(delayed, tables.outbox(), " AND owner + 0 <= 0"),
                details(delayed, tables.outbox(), " AND owner + 0 > 0"));
    }

    private Among<UUID> byIds(String summary, String table, String more) {
        return Among.ids(dialect, table, BY_IDS.formatted(summary, table, more), 1);
    }

    private String details(String summary, String table, String more) {
        return DETAILS.formatted(summary, table, dialect.uuid(1), more);
    }

    EventPage list(EntityManager em, String application, EventFilter filter, @Nullable String after, int limit) {
        OperationsPosition position = after == null ? OperationsPosition.START : OperationsPosition.parse(after);
        Names names = owners.names(em);
        return filter.ids().isEmpty()
                ? byState(em, new Asked(application, filter, names), position, limit)
                : byIds(em, new Asked(application, filter, names), position, limit);
    }

    private record Asked(String application, EventFilter filter, Names names) {}

    private EventPage byState(EntityManager em, Asked asked, OperationsPosition after, int limit) {
        List<EventSummary> events = new ArrayList<>();
        List<Long> ofFilter = lanes.of(em, asked.application, asked.filter);
        OperationsPosition position = after;
        for (Part<EventState> part : OUTBOX.of(asked.filter.states())) {
            if (part.number() >= position.part()) {
                position = position.in(part.number());
                int wanted = limit - events.size();
                List<EventSummary> found = rows(em, part, asked, ofFilter, position, wanted);
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
            Asked asked,
            List<Long> ofFilter,
            OperationsPosition after,
            int limit) {
        OperationsFilter filter = new OperationsFilter(asked.filter);
        List<String> sources = part.isFinal()
                ? List.of(settled(part, asked, filter, after, limit))
                : unfinished(em, part, asked, ofFilter, filter, after, limit);
        if (sources.isEmpty()) {
            return List.of();
        }
        String all = IntStream.range(0, sources.size())
                .mapToObj(i -> "SELECT * FROM (" + sources.get(i) + ") source" + i)
                .collect(Collectors.joining(" UNION ALL "));
        return filter.bind(Sql.read(em, SEVERAL.formatted(all, dialect.limit(limit)))).rows().stream()
                .filter(row -> Values.isUuid(row[0]))
                .map(row -> summary(new RowReader(row), asked.names))
                .toList();
    }

    private String settled(
            Part<EventState> part, Asked asked, OperationsFilter filter, OperationsPosition after, int limit) {
        filter.andText("channel = ?", asked.filter.channel());
        filter.andAfter("settled_at", after.order(), after.seq());
        String whose = "application = " + filter.parameter(asked.application) + " AND " + part.condition();
        return ONE.formatted(
                settled,
                tables.settled(),
                whose,
                filter.sql(),
                "application, state, settled_at, seq",
                dialect.limit(limit));
    }

    /** One for each part of an index that has such events in the order of the list. */
    private List<String> unfinished(
            EntityManager em,
            Part<EventState> part,
            Asked asked,
            List<Long> ofFilter,
            OperationsFilter filter,
            OperationsPosition after,
            int limit) {
        if (part.row() == RowState.DELAYED) {
            filter.andAfter("shelf_order", after.order(), after.seq());
        } else {
            filter.and("seq > ?", after.seq());
        }
        Map<Long, List<Long>> byLane = part.row() == RowState.UNSENT
                ? owners.all(em, ofFilter, asked.names)
                : ofFilter.stream().collect(Collectors.toMap(lane -> lane, lane -> List.of(Numbers.NOBODY)));
        List<String> sources = new ArrayList<>();
        byLane.forEach((lane, ofLane) -> {
            String inLane = "lane = " + filter.parameter(lane);
            ofLane.forEach(owner -> sources.add(source(part, inLane, owner, filter, limit)));
        });
        return sources;
    }

    /**
     * What waits is read as what nobody owns, and what is unsent as what its owner has: both are in the order of their numbers there. Others
     * are in that order among those of their state.
     */
    private String source(Part<EventState> part, String inLane, long owner, OperationsFilter filter, int limit) {
        boolean ofOwner = part.row() == RowState.UNSENT || part.row() == RowState.WAITING;
        String condition = ofOwner
                ? inLane + " AND owner = " + filter.parameter(owner) + " AND "
                        + part.condition().replace("state", "state + 0")
                : inLane + " AND " + part.condition();
        String order = ofOwner ? "lane, owner, seq" : part.row() == null ? "seq" : "lane, state, shelf_order, seq";
        String columns = part.row() == RowState.DELAYED ? delayed : unfinished;
        return ONE.formatted(columns, tables.outbox(), condition, filter.sql(), order, dialect.limit(limit));
    }

    /** As many ids at once as events are wanted: some may not meet the other conditions. */
    private EventPage byIds(EntityManager em, Asked asked, OperationsPosition after, int limit) {
        List<UUID> ids = asked.filter.ids().stream().sorted().toList();
        int from = Math.min(after.part(), ids.size());
        int to = Math.min(ids.size(), from + limit);
        List<EventSummary> events = byIds(em, asked, ids.subList(from, to)).stream()
                .filter(event -> meets(event, asked.filter))
                .sorted(Comparator.comparingLong(EventSummary::seq))
                .toList();
        return new EventPage(
                events,
                to < ids.size() ? Optional.of(OperationsPosition.START.in(to).toString()) : Optional.empty());
    }

    private List<EventSummary> byIds(EntityManager em, Asked asked, List<UUID> ids) {
        List<EventSummary> events = new ArrayList<>();
        for (Among<UUID> some : byIds) {
            if (events.size() < ids.size()) {
                some.rows(em, ids, asked.application)
                        .map(row -> summary(new RowReader(row), asked.names))
                        .forEach(events::add);
            }
        }
        return events;
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
        Names names = owners.names(em);
        return details.stream()
                .flatMap(sql -> Sql.read(em, sql).setAll(id.toString(), application).rows().stream())
                .findFirst()
                .map(row -> details(row, names));
    }

    private static EventDetails details(@Nullable Object[] columns, Names names) {
        RowReader row = new RowReader(columns);
        String source = row.text(SUMMARY_COLUMNS, "source");
        String contentType = row.text(SUMMARY_COLUMNS + 1, "content_type");
        Map<String, String> headers = row.read(SUMMARY_COLUMNS + 2, "headers", HeadersText::readColumn, Map.of());
        byte[] data = row.read(SUMMARY_COLUMNS + 3, "payload", Values::bytes, new byte[0]);
        return new EventDetails(summary(row, names), source, contentType, headers, data);
    }

    /** What can be read of the row; its error says what can't. */
    private static EventSummary summary(RowReader row, Names names) {
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
        String owner = names.of(row.read(13, "owner", Values::number, 0L));
        Instant due = state == EventState.DELAYED ? row.read(14, "shelf_order", Values::instant) : null;
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
