package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.outbox.Floors;
import dev.posthorn.jpa.statement.Lanes;

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
        OperationsHeld held) {

    static Operations of(Dialect dialect, Tables tables, Floors floors) {
        Lanes lanes = new Lanes(dialect, tables);
        OperationsLanes ofFilter = new OperationsLanes(lanes);
        OperationsOwners owners = new OperationsOwners(dialect, tables);
        OperationsList list = new OperationsList(dialect, tables, ofFilter, owners);
        return new Operations(
                dialect,
                new OperationsCounts(dialect, tables, ofFilter, list),
                list,
                new OperationsChanges(dialect, tables),
                new OperationsKeys(dialect, tables),
                new OperationsCopies(dialect, tables),
                new OperationsPauses(dialect, tables, lanes),
                new OperationsBacklog(dialect, tables, floors, lanes, owners),
                new OperationsHeld(dialect, tables, lanes));
    }
}
