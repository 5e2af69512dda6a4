package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.statement.InboxText;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.StorableText;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.ReceivedFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition of a query, as SQL with parameters. */
final class OperationsFilter {

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /** Everything but application, channel, ids and states. */
    OperationsFilter(EventFilter filter) {
        sql.append("1 = 1");
        andText("type = ?", filter.type());
        andText("event_key = ?", filter.key());
        and("created_at >= ?", millis(filter.storedFrom()));
        and("created_at < ?", millis(filter.storedUntil()));
        and("settled_at >= ?", millis(filter.settledFrom()));
        and("settled_at < ?", millis(filter.settledUntil()));
    }

    /** The same for the inbox, but for the time of the end, which only final states have. */
    OperationsFilter(String ofState, String consumer, ReceivedFilter filter) {
        sql.append(ofState);
        and("consumer = ?", consumer);
        and("channel = ?", filter.channel() == null ? null : InboxText.name(filter.channel()));
        and("type = ?", filter.type() == null ? null : InboxText.plain(filter.type()));
        and("event_key = ?", filter.key() == null ? null : InboxText.key(filter.key()));
        and("received_at >= ?", millis(filter.receivedFrom()));
        and("received_at < ?", millis(filter.receivedUntil()));
    }

    /** No row has what can't be stored, and drivers refuse to ask for it. */
    void andText(String comparison, @Nullable String text) {
        if (text == null || StorableText.isStorable(text)) {
            and(comparison, text);
        } else {
            sql.append(" AND 1 = 0");
        }
    }

    /** Adds a comparison that ends with the question mark of its parameter; none if there is no value. */
    void and(String comparison, @Nullable Object value) {
        if (value != null) {
            parameters.add(value);
            sql.append(" AND ").append(comparison).append(parameters.size());
        }
    }

    /** Adds a parameter, and answers how SQL calls it. */
    String parameter(Object value) {
        parameters.add(value);
        return "?" + parameters.size();
    }

    /** Adds the rows that come after this one in the order of a time and {@code seq}. */
    void andAfter(String timeColumn, long time, long seq) {
        and(timeColumn + " >= ?", time);
        int sameTime = parameters.size();
        parameters.add(seq);
        sql.append(" AND (")
                .append(timeColumn)
                .append(" > ?")
                .append(sameTime)
                .append(" OR seq > ?")
                .append(parameters.size())
                .append(')');
    }

    String sql() {
        return sql.toString();
    }

    Sql bind(Sql query) {
        for (int i = 0; i < parameters.size(); i++) {
            query.set(i + 1, parameters.get(i));
        }
        return query;
    }

    /** The same as the conditions on times, for what is filtered after it was read. */
    static boolean isWithin(@Nullable Instant time, @Nullable Instant from, @Nullable Instant until) {
        return time == null
                ? from == null && until == null
                : (from == null || !time.isBefore(from)) && (until == null || time.isBefore(until));
    }

    static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
