package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.HeldQuery;

/** All SQL of operators on the inbox, for one database and its tables. */
record InboxOperations(
        Dialect dialect,
        InboxOperationsCounts counts,
        InboxOperationsList list,
        InboxOperationsChanges changes,
        InboxOperationsKeys keys,
        InboxOperationsOverdue overdue,
        HeldQuery held) {

    static InboxOperations of(Dialect dialect, Tables tables) {
        InboxOperationsList list = new InboxOperationsList(dialect, tables);
        return new InboxOperations(
                dialect,
                new InboxOperationsCounts(dialect, tables, list),
                list,
                new InboxOperationsChanges(dialect, tables),
                new InboxOperationsKeys(dialect, tables),
                new InboxOperationsOverdue(dialect, tables),
                new HeldQuery(dialect, tables.inbox()));
    }
}
