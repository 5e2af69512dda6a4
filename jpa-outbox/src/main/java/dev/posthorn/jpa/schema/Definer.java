package dev.posthorn.jpa.schema;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.statement.Sql;
import dev.posthorn.jpa.transaction.Transactions;

/** Executes a statement of a script. */
interface Definer {

    void execute(Step step);

    /** In a transaction, or outside any if the dialect says so. */
    static Definer of(Dialect dialect, Transactions transactions) {
        return step -> {
            String sql = step.sql().replace("INDEX CONCURRENTLY ", "INDEX ");
            if (step.isDefinition() && dialect.outsideTransaction(sql).isPresent()) {
                String query = dialect.outsideTransaction(sql).get();
                transactions.without(em -> Sql.read(em, query).rows());
            } else {
                transactions.separately(
                        em -> Sql.change(em, step.effect().table(), sql).execute());
            }
        };
    }
}
