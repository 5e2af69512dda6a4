package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.HeldQuery;

/** All SQL of operators, for one database and its tables. */
record Operations(
        Dialect dialect,
        OperationsCounts counts,
        OperationsList list,
        OperationsChanges changes,
        OperationsKeys keys,
        OperationsCopies copies,
        OperationsPauses pauses,
        OperationsBacklog backlog,
        HeldQuery held) {

    static Operations of(Dialect dialect, Tables tables) {
        OperationsList list = new OperationsList(dialect, tables);
        return new Operations(
                dialect,
                new OperationsCounts(dialect, tables, list),
                list,
                new OperationsChanges(dialect, tables),
                new OperationsKeys(dialect, tables),
                new OperationsCopies(dialect, tables),
                new OperationsPauses(dialect, tables),
                new OperationsBacklog(dialect, tables),
                new HeldQuery(dialect, tables.outbox(), "application"));
    }
}
