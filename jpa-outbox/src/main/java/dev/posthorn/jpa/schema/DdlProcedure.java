package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.statement.Values;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.log.FailureText;
import jakarta.persistence.EntityManager;
import jakarta.persistence.ParameterMode;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Creates tables outside transactions, where JPA executes queries and procedures alone, by a procedure of the database that executes
 * what it is given. MySQL refuses DDL in a transaction of an XA data source.
 */
final class DdlProcedure {

    private static final int XAER_RMFAIL = 1399;

    private final String procedure;
    private final Dialect dialect;
    private final Tables tables;
    private final Transactions transactions;

    DdlProcedure(String procedure, Dialect dialect, Tables tables, Transactions transactions) {
        this.procedure = procedure;
        this.dialect = dialect;
        this.tables = tables;
        this.transactions = transactions;
    }

    /** Whether this is how a database says that it won't have DDL in such a transaction. */
    static boolean isFor(Throwable failure) {
        return FailureText.chainOf(failure).stream()
                .anyMatch(cause -> cause instanceof SQLException e && e.getErrorCode() == XAER_RMFAIL);
    }

    /** Answers why it did not work. */
    Optional<RuntimeException> create(String name) {
        try {
            transactions.without(em -> create(em, name));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private void create(EntityManager em, String name) {
        Tables here = tables.schema().isPresent() ? tables : tables.in(currentSchema(em));
        Script.of(dialect, here).creating(here.qualified(name)).forEach(ddl -> call(em, ddl));
    }

    /** In a procedure, names without a schema belong to that of the procedure. */
    private String currentSchema(EntityManager em) {
        Object schema =
                Sql.read(em, "SELECT " + dialect.currentSchema()).column().get(0);
        return "`" + Values.text(schema).replace("`", "``") + "`";
    }

    private void call(EntityManager em, String ddl) {
        em.createStoredProcedureQuery(procedure)
                .registerStoredProcedureParameter(1, String.class, ParameterMode.IN)
                .setParameter(1, ddl)
                .execute();
    }
}
