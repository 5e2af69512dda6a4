package dev.posthorn.tck.server;

import dev.posthorn.tck.archive.Database;

/**
 * A data source that the server defines, on PostgreSQL.
 *
 * @param name applications look it up as {@link Server#dataSource}, or as {@code java:comp/DefaultDataSource}
 * @param xa whether it takes part in a commit in two phases
 */
public record ServerDataSource(String name, Database database, boolean xa) {

    /** The name of the one behind {@code java:comp/DefaultDataSource}. */
    public static final String DEFAULT = "DefaultDataSource";

    public boolean isDefault() {
        return name.equals(DEFAULT);
    }

    /** The driver's class. */
    public Class<?> driverClass() {
        return xa ? org.postgresql.xa.PGXADataSource.class : org.postgresql.ds.PGSimpleDataSource.class;
    }
}
