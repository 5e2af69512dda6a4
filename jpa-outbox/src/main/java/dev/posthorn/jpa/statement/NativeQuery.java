package dev.posthorn.jpa.statement;

import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.Query;
import java.util.List;
import java.util.UUID;

/** Native queries that leave the application's entities alone. */
public final class NativeQuery {

    // Hibernate evicts the whole second-level cache unless a statement says which tables it changes. Other providers
    // ignore it.
    private static final String CHANGED_TABLES = "org.hibernate.query.native.spaces";

    private NativeQuery() {}

    /** A statement that changes the table. */
    public static Query change(EntityManager em, String table, String sql) {
        return read(em, sql).setHint(CHANGED_TABLES, table);
    }

    /** A query; it flushes nothing. */
    public static Query read(EntityManager em, String sql) {
        return em.createNativeQuery(sql).setFlushMode(FlushModeType.COMMIT);
    }

    /** The rows of a query that selects one column. */
    public static List<?> column(Query query) {
        return query.getResultList();
    }

    /** The ids that a query selects; without what is no id of an event, which nobody could name. */
    public static List<UUID> ids(Query query) {
        return column(query).stream().filter(Values::isUuid).map(Values::uuid).toList();
    }

    /** The rows of a query that selects several columns. */
    @SuppressWarnings("unchecked")
    public static List<Object[]> rows(Query query) {
        return query.getResultList();
    }
}
