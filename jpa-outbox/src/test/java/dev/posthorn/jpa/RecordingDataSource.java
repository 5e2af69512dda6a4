package dev.posthorn.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Passes everything on to a database, and remembers what was executed. */
final class RecordingDataSource {

    private final DataSource target;
    private final int isolation;
    private final List<Execution> executions = new CopyOnWriteArrayList<>();

    /** What happens elsewhere after each statement. */
    volatile Runnable meanwhile = () -> {};

    /**
     * @param isolation the isolation level of all transactions
     */
    RecordingDataSource(DataSource target, int isolation) {
        this.target = target;
        this.isolation = isolation;
    }

    /** A statement that was executed, and how its parameters were set. */
    record Execution(String sql, List<Binding> bindings) {

        /** The plan that this database has for it. */
        String explain(Connection connection) {
            return query(connection, "EXPLAIN " + sql);
        }

        private static final Pattern BLOCKS =
                Pattern.compile("Buffers: shared((?: (?:hit|read|dirtied|written)=\\d+)+)");

        private static final Pattern READ = Pattern.compile("(?:hit|read)=(\\d+)");

        /** How many blocks PostgreSQL reads for it, cached or not, when it is executed again. */
        int blocks(Connection connection) {
            String plan = query(connection, "EXPLAIN (ANALYZE, BUFFERS) " + sql);
            // The first line is that of the whole statement.
            return BLOCKS.matcher(plan)
                    .results()
                    .findFirst()
                    .map(all -> READ.matcher(all.group(1))
                            .results()
                            .mapToInt(number -> Integer.parseInt(number.group(1)))
                            .sum())
                    .orElse(0);
        }

        /** What it answers when it is executed again: the first column. */
        String query(Connection connection) {
            return query(connection, sql);
        }

        private String query(Connection connection, String text) {
            try (PreparedStatement query = connection.prepareStatement(text)) {
                for (Binding binding : bindings) {
                    call(binding.setter, query, binding.arguments);
                }
                return lines(query.executeQuery());
            } catch (Throwable e) {
                throw new IllegalStateException(text, e);
            }
        }

        private static String lines(ResultSet rows) throws SQLException {
            StringBuilder lines = new StringBuilder();
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
            return lines.toString();
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Binding(Method setter, Object[] arguments) {}

    /** What was executed since the last call. */
    List<Execution> takeExecutions() {
        List<Execution> taken = List.copyOf(executions);
        executions.clear();
        return taken;
    }

    /** How much was executed since the last call of {@link #takeExecutions}. */
    int size() {
        return executions.size();
    }

    /** The same of what has to do with a table. */
    int sizeOf(String table) {
        return (int) executions.stream()
                .filter(execution -> execution.sql().contains(table))
                .count();
    }

    /** The texts of what was executed since the last call. */
    List<String> takeSql() {
        return takeExecutions().stream().map(Execution::sql).toList();
    }

    DataSource asDataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(method, target, arguments);
            return result instanceof Connection connection ? recording(connection) : result;
        });
    }

    private Connection recording(Connection connection) throws SQLException {
        connection.setTransactionIsolation(isolation);
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(method, connection, arguments);
            if (method.getName().equals("prepareStatement")) {
                return recording(PreparedStatement.class, result, (String) arguments[0]);
            }
            return method.getName().equals("createStatement") ? recording(Statement.class, result, "") : result;
        });
    }

    private <S> S recording(Class<S> type, Object statement, String prepared) {
        List<Binding> bindings = new ArrayList<>();
        return proxy(type, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                boolean given = arguments != null && arguments[0] instanceof String;
                executions.add(new Execution(given ? (String) arguments[0] : prepared, List.copyOf(bindings)));
                bindings.clear();
                Object result = call(method, statement, arguments);
                meanwhile.run();
                return result;
            }
            if (method.getName().startsWith("set") && method.getParameterCount() > 1) {
                bindings.add(new Binding(method, arguments));
            }
            return call(method, statement, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
