package dev.posthorn.jpa.statement;

import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement in the transaction of an EntityManager, on that transaction's own connection. Where the provider does not hand that over, it
 * is a native query: the same statement, at a higher price. Neither touches the application's entities.
 */
public final class Sql {

    // Hibernate evicts the whole second-level cache unless a native query says which tables it changes. Other providers
    // ignore it.
    private static final String CHANGED_TABLES = "org.hibernate.query.native.spaces";

    private static final int FEW_PARAMETERS = 8;

    private final EntityManager em;
    private final String text;
    private final @Nullable String changedTable;
    private @Nullable Object[] parameters = new Object[FEW_PARAMETERS];
    private int count;

    /** Another text with the same parameters. */
    private Sql(Sql other, String text) {
        this(other.em, text, other.changedTable);
        this.parameters = other.parameters;
        this.count = other.count;
    }

    private Sql(EntityManager em, String text, @Nullable String changedTable) {
        this.em = em;
        this.text = text;
        this.changedTable = changedTable;
    }

    /** A statement that changes the table. Its parameters are numbered, from {@code ?1} on. */
    public static Sql change(EntityManager em, String table, String text) {
        return new Sql(em, text, table);
    }

    /** A query. Its parameters are numbered, from {@code ?1} on. */
    public static Sql read(EntityManager em, String text) {
        return new Sql(em, text, null);
    }

    /** Sets a parameter, which is never null: what may be missing has a value that stands for that. */
    public Sql set(int position, Object value) {
        if (position > parameters.length) {
            parameters = Arrays.copyOf(parameters, Math.max(position, 2 * parameters.length));
        }
        parameters[position - 1] = value;
        count = Math.max(count, position);
        return this;
    }

    /** Sets the first parameters. */
    public Sql setAll(Object... values) {
        for (int i = 0; i < values.length; i++) {
            set(i + 1, values[i]);
        }
        return this;
    }

    /** Executes a change, and answers how many rows it changed. */
    public int execute() {
        return Connections.lend(em, connection -> execute(connection)).orElseGet(() -> query().executeUpdate());
    }

    /**
     * Executes an INSERT, and answers with what the database put into a column of the new rows, in their order.
     *
     * @param returning the end of the statement if the statement itself answers with that; empty if the driver is asked for it
     * @return nothing if only the table says so
     */
    public List<Long> insert(String column, String returning) {
        return Connections.lend(em, connection -> insert(connection, column, !returning.isEmpty()))
                .orElseGet(() -> insertByQuery(returning));
    }

    /** As a change: what answers with rows is a query to providers, and some send those on a connection outside the transaction. */
    private List<Long> insertByQuery(String returning) {
        new Sql(this, text.replace(returning, "")).query().executeUpdate();
        return List.of();
    }

    /** The rows of a query. */
    public List<@Nullable Object[]> rows() {
        return Connections.lend(em, connection -> rows(connection)).orElseGet(this::nativeRows);
    }

    /** The first column of a query's rows. */
    public List<@Nullable Object> column() {
        List<@Nullable Object[]> rows = rows();
        List<@Nullable Object> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(row[0]));
        return column;
    }

    /** The numbers in the first column. */
    public List<Long> numbers() {
        return column().stream().map(Values::number).toList();
    }

    private int execute(Connection connection) {
        try (PreparedStatement statement =
                connection.prepareStatement(JdbcText.of(text).text())) {
            bind(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private List<Long> insert(Connection connection, String column, boolean returns) {
        String jdbc = JdbcText.of(text).text();
        try (PreparedStatement statement = returns
                ? connection.prepareStatement(jdbc)
                : connection.prepareStatement(jdbc, new String[] {column})) {
            bind(statement);
            if (returns) {
                try (ResultSet numbers = statement.executeQuery()) {
                    return numbers(numbers);
                }
            }
            statement.executeUpdate();
            try (ResultSet numbers = statement.getGeneratedKeys()) {
                return numbers(numbers);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static List<Long> numbers(ResultSet result) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        while (result.next()) {
            numbers.add(result.getLong(1));
        }
        return numbers;
    }

    private List<@Nullable Object[]> rows(Connection connection) {
        try (PreparedStatement statement =
                connection.prepareStatement(JdbcText.of(text).text())) {
            bind(statement);
            try (ResultSet result = statement.executeQuery()) {
                return rows(result);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static List<@Nullable Object[]> rows(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        List<@Nullable Object[]> rows = new ArrayList<>();
        while (result.next()) {
            @Nullable Object[] row = new Object[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = value(result, i + 1);
            }
            rows.add(row);
        }
        return rows;
    }

    /** What is large is only there as long as the result is. */
    private static @Nullable Object value(ResultSet result, int column) throws SQLException {
        Object value = result.getObject(column);
        return value instanceof Blob || value instanceof Clob ? large(value) : value;
    }

    private static Object large(Object value) {
        return value instanceof Blob ? Values.bytes(value) : Values.text(value);
    }

    private void bind(PreparedStatement statement) throws SQLException {
        List<Integer> positions = JdbcText.of(text).positions();
        for (int i = 0; i < positions.size(); i++) {
            bind(statement, i + 1, parameters[positions.get(i) - 1]);
        }
    }

    private static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        if (value instanceof String string) {
            statement.setString(position, string);
        } else if (value instanceof Long number) {
            statement.setLong(position, number);
        } else if (value instanceof Integer number) {
            statement.setInt(position, number);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(position, bytes);
        } else {
            throw new IllegalStateException("parameter " + position + " is " + value);
        }
    }

    @SuppressWarnings("unchecked")
    private List<@Nullable Object[]> nativeRows() {
        List<?> rows = query().getResultList();
        // A single column comes without its row.
        return rows.isEmpty() || rows.get(0) instanceof Object[]
                ? (List<@Nullable Object[]>) rows
                : rows.stream().map(value -> new @Nullable Object[] {value}).toList();
    }

    private Query query() {
        Query query = em.createNativeQuery(text).setFlushMode(FlushModeType.COMMIT);
        if (changedTable != null) {
            query.setHint(CHANGED_TABLES, changedTable);
        }
        for (int i = 0; i < count; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }

    private static PersistenceException failed(SQLException e) {
        return new PersistenceException(e);
    }
}
