package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;

/**
 * How an application connects to a database.
 *
 * @param jar by its name among the libraries of the build
 * @param dataSource its class
 */
record Driver(String jar, String dataSource) {

    static final Driver POSTGRESQL_XA = new Driver("postgresql.jar", "org.postgresql.xa.PGXADataSource");

    private static final Driver POSTGRESQL = new Driver("postgresql.jar", "org.postgresql.ds.PGSimpleDataSource");
    private static final Driver MARIADB = new Driver("mariadb-java-client.jar", "org.mariadb.jdbc.MariaDbDataSource");

    /** For transactions of one phase. */
    static Driver of(Resources resources) {
        return resources.jdbcUrl().startsWith("jdbc:mariadb:") ? MARIADB : POSTGRESQL;
    }
}
