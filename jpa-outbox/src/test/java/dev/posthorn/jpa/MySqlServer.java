package dev.posthorn.jpa;

import com.mysql.cj.jdbc.MysqlDataSource;
import javax.sql.DataSource;

/**
 * The MySQL that {@code mysql.url} names, as {@code jdbc:mysql://localhost:3306/} of one where root has no password; otherwise one of
 * the tests' own, started when first asked for, and stopped when the JVM ends. That one needs libaio and libnuma of the system.
 */
final class MySqlServer {

    private static final String GIVEN_URL = System.getProperty("mysql.url", "");

    private MySqlServer() {}

    /** Asked by the tests: they are skipped without. */
    static boolean isThere() {
        return !GIVEN_URL.isEmpty() || MySqlProcess.canRun();
    }

    static void execute(String... statements) {
        Jdbc.execute(dataSource(""), statements);
    }

    static DataSource dataSource(String database) {
        MysqlDataSource dataSource = new MysqlDataSource();
        dataSource.setURL((GIVEN_URL.isEmpty() ? Own.URL : GIVEN_URL) + database + "?sslMode=DISABLED");
        dataSource.setUser("root");
        return dataSource;
    }

    private static final class Own {

        static final String URL = "jdbc:mysql://localhost:" + MySqlProcess.start() + "/";
    }
}
