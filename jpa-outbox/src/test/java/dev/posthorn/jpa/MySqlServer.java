package dev.posthorn.jpa;

import com.mysql.cj.jdbc.MysqlDataSource;

/** A MySQL of the tests' own, started when first asked for, and stopped when the JVM ends. */
final class MySqlServer {

    private MySqlServer() {}

    /** Asked by the tests, which are skipped without. */
    static boolean isThere() {
        return MySqlPrograms.run();
    }

    /** Asked by those that are run on request, to save time: by {@code -Dmysql.all=true}. */
    static boolean isThereForAll() {
        return Boolean.getBoolean("mysql.all") && isThere();
    }

    static void execute(String... statements) {
        Jdbc.execute(dataSource(""), statements);
    }

    static MysqlDataSource dataSource(String database) {
        MysqlDataSource dataSource = new MysqlDataSource();
        dataSource.setURL("jdbc:mysql://localhost:" + Started.PORT + "/" + database + "?sslMode=DISABLED");
        dataSource.setUser("root");
        return dataSource;
    }

    private static final class Started {

        static final int PORT = MySqlPrograms.start();
    }
}
