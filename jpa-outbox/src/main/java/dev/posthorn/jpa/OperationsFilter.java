package dev.posthorn.jpa;

import dev.posthorn.operator.EventFilter;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition of a query, as SQL with parameters. */
final class OperationsFilter {

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /** Everything but ids and states. The code of a state is written out, so that partial indexes are found. */
    OperationsFilter(int stateCode, String application, EventFilter filter) {
        sql.append("state = ").append(stateCode);
        and("application = ?", application);
        and("channel = ?", filter.channel());
        and("type = ?", filter.type());
        and("event_key = ?", filter.key());
        and("created_at >= ?", millis(filter.storedFrom()));
        and("created_at < ?", millis(filter.storedUntil()));
        and("settled_at >= ?", millis(filter.settledFrom()));
        and("settled_at < ?", millis(filter.settledUntil()));
    }

    /** Adds a comparison that ends with the question mark of its parameter; none if there is no value. */
    void and(String comparison, @Nullable Object value) {
        if (value != null) {
            parameters.add(value);
            sql.append(" AND ").append(comparison).append(parameters.size());
        }
    }

    /** Adds the rows that come after this one in the order of {@code settled_at} and {@code seq}. */
    void andAfter(long settledAt, long seq) {
        and("settled_at >= ?", settledAt);
        int sameTime = parameters.size();
        parameters.add(seq);
        sql.append(" AND (settled_at > ?")
                .append(sameTime)
                .append(" OR seq > ?")
                .append(parameters.size())
                .append(')');
    }

    String sql() {
        return sql.toString();
    }

    Query bind(Query query) {
        for (int i = 0; i < parameters.size(); i++) {
            query.setParameter(i + 1, parameters.get(i));
        }
        return query;
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
