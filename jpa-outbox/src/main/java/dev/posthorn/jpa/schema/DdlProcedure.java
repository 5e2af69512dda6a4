package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.log.FailureText;
import jakarta.persistence.ParameterMode;
import java.sql.SQLException;

/**
 * Executes DDL outside transactions, where JPA executes queries and procedures alone, by a procedure of the database that executes what
 * it is given. MySQL refuses DDL in a transaction of an XA data source.
 */
final class DdlProcedure implements Definer {

    private static final int XAER_RMFAIL = 1399;

    private final String procedure;
    private final Definer others;
    private final Transactions transactions;

    /** @param others executes what is no DDL */
    DdlProcedure(String procedure, Definer others, Transactions transactions) {
        this.procedure = procedure;
        this.others = others;
        this.transactions = transactions;
    }

    /** Whether this is how a database says that it won't have DDL in such a transaction. */
    static boolean isFor(Throwable failure) {
        return FailureText.chainOf(failure).stream()
                .anyMatch(cause -> cause instanceof SQLException e && e.getErrorCode() == XAER_RMFAIL);
    }

    @Override
    public void execute(Step step) {
        if (step.isDefinition()) {
            transactions.without(em -> em.createStoredProcedureQuery(procedure)
                    .registerStoredProcedureParameter(1, String.class, ParameterMode.IN)
                    .setParameter(1, step.sql())
                    .execute());
        } else {
            others.execute(step);
        }
    }
}
