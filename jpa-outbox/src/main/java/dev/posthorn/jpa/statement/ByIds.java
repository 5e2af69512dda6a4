package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
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
 * A statement on rows given by their ids, many at once. Where the database takes an array, the ids are one parameter, since EclipseLink
 * takes a time that grows with the square of the number of parameters. Elsewhere they are a list, filled up to a power of two by
 * repeating the last id, so that there are few different statements, which drivers and databases keep prepared.
 *
 * <p>Such statements compare {@code state + 0}: the sum hides the condition of the partial indexes, each of which PostgreSQL would
 * scan from end to end for the ids when its statistics are from an emptier table.
 */
public final class ByIds {

    private static final int MAX_LIST = 128;
    private static final int MAX_ARRAY = 1000;

    private final Dialect dialect;
    private final String table;
    private final String sql;
    private final int idsPosition;
    private final boolean array;
    private final AtomicReferenceArray<String> sqlByExponent =
            new AtomicReferenceArray<>(Integer.numberOfTrailingZeros(MAX_LIST) + 1);

    /**
     * A statement with {@code :in_ids} where the comparison with the ids goes.
     *
     * @param parameters how many parameters of its own it has; they come first
     */
    public ByIds(Dialect dialect, String table, String sql, int parameters) {
        this.dialect = dialect;
        this.table = table;
        this.idsPosition = parameters + 1;
        this.array = dialect.uuidArray(idsPosition).isPresent();
        this.sql = dialect.uuidArray(idsPosition)
                .map(ids -> sql.replace(":in_ids", "= ANY(" + ids + ")"))
                .orElse(sql);
    }

    /** Executes a change, and answers how many rows it changed. */
    public int change(EntityManager em, Collection<UUID> ids, Object... parameters) {
        return queries(em, ids, parameters).mapToInt(Query::executeUpdate).sum();
    }

    /** The rows of a query, in any order. */
    public Stream<Object[]> rows(EntityManager em, Collection<UUID> ids, Object... parameters) {
        return queries(em, ids, parameters).flatMap(query -> NativeQuery.rows(query).stream());
    }

    private Stream<Query> queries(EntityManager em, Collection<UUID> ids, Object[] parameters) {
        int most = array ? MAX_ARRAY : MAX_LIST;
        // As text they sort as in the database: all who change several rows lock them in the same order.
        List<String> sorted = ids.stream().map(UUID::toString).sorted().toList();
        return IntStream.iterate(0, from -> from < sorted.size(), from -> from + most)
                .mapToObj(from -> sorted.subList(from, Math.min(sorted.size(), from + most)))
                .map(chunk -> array ? arrayQuery(em, chunk, parameters) : listQuery(em, chunk, parameters));
    }

    private Query arrayQuery(EntityManager em, List<String> ids, Object[] parameters) {
        return query(em, sql, parameters).setParameter(idsPosition, dialect.uuids(ids));
    }

    private Query listQuery(EntityManager em, List<String> ids, Object[] parameters) {
        int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(ids.size() - 1);
        Query query = query(em, listSql(exponent), parameters);
        for (int i = 0; i < 1 << exponent; i++) {
            query.setParameter(idsPosition + i, ids.get(Math.min(i, ids.size() - 1)));
        }
        return query;
    }

    private Query query(EntityManager em, String text, Object[] parameters) {
        Query query = NativeQuery.change(em, table, text);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }

    private String listSql(int exponent) {
        String known = sqlByExponent.get(exponent);
        if (known != null) {
            return known;
        }
        String list = IntStream.range(0, 1 << exponent)
                .mapToObj(i -> dialect.uuid(idsPosition + i))
                .collect(Collectors.joining(", ", "IN (", ")"));
        String composed = sql.replace(":in_ids", list);
        sqlByExponent.set(exponent, composed);
        return composed;
    }
}
