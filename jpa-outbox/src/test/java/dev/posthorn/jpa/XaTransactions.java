package dev.posthorn.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/** A data source of MySQL or MariaDB whose transactions are such as a server makes of an XA data source. */
final class XaTransactions {

    private final Connection connection;
    private String id = "";

    private XaTransactions(Connection connection) {
        this.connection = connection;
    }

    static DataSource of(DataSource dataSource) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(method, dataSource, arguments);
            return result instanceof Connection connection ? new XaTransactions(connection).asConnection() : result;
        });
    }

    private Connection asConnection() {
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "setAutoCommit" -> setAutoCommit((boolean) arguments[0]);
            case "getAutoCommit" -> id.isEmpty();
            case "commit" -> end("XA COMMIT %s ONE PHASE");
            case "rollback" -> end("XA ROLLBACK %s");
            default -> call(method, connection, arguments);
        });
    }

    private Object setAutoCommit(boolean autoCommit) throws SQLException {
        if (!autoCommit && id.isEmpty()) {
            id = "'" + UUID.randomUUID() + "'";
            execute("XA START " + id);
        }
        return Void.TYPE;
    }

    private Object end(String how) throws SQLException {
        if (!id.isEmpty()) {
            execute("XA END " + id);
            execute(how.formatted(id));
            id = "";
        }
        return Void.TYPE;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
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
