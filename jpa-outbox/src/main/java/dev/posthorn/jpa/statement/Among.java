package dev.posthorn.jpa.statement;

import dev.posthorn.jpa.dialect.Dialect;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement on rows that are named one by one, by their numbers or ids, many at once. Where the database takes an array, they are one
 * parameter, and there is one text however many they are. Elsewhere they are a list, filled up to a power of two by repeating the last,
 * so that there are few different statements, which drivers and databases keep prepared.
 *
 * <p>Such statements compare {@code state + 0}: the sum hides the condition of the partial indexes, each of which PostgreSQL would scan
 * from end to end when its statistics are from an emptier table.
 */
public final class Among<T> {

    /** Stands for the comparison in the text of a statement. */
    private static final String HERE = ":among";

    private static final int MAX_LIST = 128;
    private static final int MAX_ARRAY = 1000;

    private final String table;
    private final String sql;
    private final int position;
    private final boolean array;
    private final Function<Collection<String>, String> arrays;
    private final IntFunction<String> listed;
    private final Comparator<T> order;
    private final Function<T, Object> bound;
    private final AtomicReferenceArray<@Nullable String> listsByExponent =
            new AtomicReferenceArray<>(Integer.numberOfTrailingZeros(MAX_LIST) + 1);

    private Among(
            Dialect dialect,
            String table,
            String sql,
            int parameters,
            IntFunction<Optional<String>> asArray,
            IntFunction<String> listed,
            Comparator<T> order,
            Function<T, Object> bound) {
        this.table = table;
        this.position = parameters + 1;
        Optional<String> ofArray = asArray.apply(position);
        this.array = ofArray.isPresent();
        this.sql = ofArray.map(all -> sql.replace(HERE, "= ANY(" + all + ")")).orElse(sql);
        this.arrays = dialect::array;
        this.listed = listed;
        this.order = order;
        this.bound = bound;
    }

    /**
     * A statement on rows with given numbers, with {@code :among} where the comparison with them goes.
     *
     * @param parameters how many parameters of its own it has; they come first
     */
    public static Among<Long> numbers(Dialect dialect, String table, String sql, int parameters) {
        return new Among<>(
                dialect,
                table,
                sql,
                parameters,
                dialect::numberArray,
                position -> "?" + position,
                Comparator.<Long>naturalOrder(),
                number -> number);
    }

    /** The same for rows with given ids. UUIDs sort as texts as they do in the database. */
    public static Among<UUID> ids(Dialect dialect, String table, String sql, int parameters) {
        return new Among<>(
                dialect,
                table,
                sql,
                parameters,
                dialect::uuidArray,
                dialect::uuid,
                Comparator.comparing(UUID::toString),
                UUID::toString);
    }

    /** Executes a change, and answers how many rows it changed. */
    public int change(EntityManager em, Collection<T> rows, Object... parameters) {
        return statements(em, rows, parameters).mapToInt(Sql::execute).sum();
    }

    /** The rows of a query, in any order. */
    public Stream<@Nullable Object[]> rows(EntityManager em, Collection<T> rows, Object... parameters) {
        return statements(em, rows, parameters).flatMap(statement -> statement.rows().stream());
    }

    private Stream<Sql> statements(EntityManager em, Collection<T> rows, Object[] parameters) {
        int most = array ? MAX_ARRAY : MAX_LIST;
        // All who change several rows lock them in the same order.
        List<T> sorted = rows.stream().sorted(order).toList();
        return IntStream.iterate(0, from -> from < sorted.size(), from -> from + most)
                .mapToObj(from -> sorted.subList(from, Math.min(sorted.size(), from + most)))
                .map(chunk -> array ? ofArray(em, chunk, parameters) : ofList(em, chunk, parameters));
    }

    private Sql ofArray(EntityManager em, List<T> rows, Object[] parameters) {
        List<String> texts = rows.stream().map(Object::toString).toList();
        return Sql.change(em, table, sql).setAll(parameters).set(position, arrays.apply(texts));
    }

    private Sql ofList(EntityManager em, List<T> rows, Object[] parameters) {
        int exponent = Integer.SIZE - Integer.numberOfLeadingZeros(rows.size() - 1);
        Sql statement = Sql.change(em, table, list(exponent)).setAll(parameters);
        for (int i = 0; i < 1 << exponent; i++) {
            statement.set(position + i, bound.apply(rows.get(Math.min(i, rows.size() - 1))));
        }
        return statement;
    }

    private String list(int exponent) {
        String known = listsByExponent.get(exponent);
        if (known != null) {
            return known;
        }
        String list = IntStream.range(0, 1 << exponent)
                .mapToObj(i -> listed.apply(position + i))
                .collect(Collectors.joining(", ", "IN (", ")"));
        String composed = sql.replace(HERE, list);
        listsByExponent.set(exponent, composed);
        return composed;
    }
}
