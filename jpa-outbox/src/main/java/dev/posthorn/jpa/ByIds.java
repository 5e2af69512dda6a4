package dev.posthorn.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A statement on rows given by their ids, many at once. Lists are filled up to powers of two by repeating the last id, so that there
 * are few different statements, which drivers and databases keep prepared.
 */
final class ByIds {

    private static final int MAX_IDS = 512;

    private final Dialect dialect;
    private final String table;
    private final String sql;
    private final AtomicReferenceArray<String> sqlByExponent =
            new AtomicReferenceArray<>(Integer.numberOfTrailingZeros(MAX_IDS) + 1);

    /** @param sql with {@code :ids} where the list of ids goes; its own parameters come first */
    ByIds(Dialect dialect, String table, String sql) {
        this.dialect = dialect;
        this.table = table;
        this.sql = sql;
    }

    /** @return how many rows were changed */
    int change(EntityManager em, Collection<UUID> ids, Object... parameters) {
        return queries(em, ids, parameters).mapToInt(Query::executeUpdate).sum();
    }

    /** @return the rows, in any order */
    Stream<Object[]> rows(EntityManager em, Collection<UUID> ids, Object... parameters) {
        return queries(em, ids, parameters).flatMap(query -> NativeQuery.rows(query).stream());
    }

    private Stream<Query> queries(EntityManager em, Collection<UUID> ids, Object[] parameters) {
        // As text they sort as in the database: all who change several rows lock them in the same order.
        List<String> sorted = ids.stream().map(UUID::toString).sorted().toList();
        return IntStream.iterate(0, from -> from < sorted.size(), from -> from + MAX_IDS)
                .mapToObj(from -> sorted.subList(from, Math.min(sorted.size(), from + MAX_IDS)))
                .map(chunk -> query(em, chunk, parameters));
    }

    private Query query(EntityManager em, List<String> ids, Object[] parameters) {
        int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(ids.size() - 1);
        Query query = NativeQuery.change(em, table, sql(exponent, parameters.length));
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        for (int i = 0; i < 1 << exponent; i++) {
            query.setParameter(parameters.length + i + 1, ids.get(Math.min(i, ids.size() - 1)));
        }
        return query;
    }

    private String sql(int exponent, int parametersBefore) {
        String known = sqlByExponent.get(exponent);
        if (known != null) {
            return known;
        }
        String ids = IntStream.rangeClosed(1, 1 << exponent)
                .mapToObj(i -> dialect.uuid(parametersBefore + i))
                .collect(Collectors.joining(", ", "(", ")"));
        String composed = sql.replace(":ids", ids);
        sqlByExponent.set(exponent, composed);
        return composed;
    }
}
