package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;

/** All SQL on the outbox, for one database and its tables. */
record Statements(
        Append append,
        UnsentQuery unsent,
        Turns turns,
        Marks marks,
        Delays delays,
        Shelves shelves,
        WaitingKeys waitingKeys,
        Release release,
        Adoption adoption,
        CleanUp cleanUp) {

    static Statements of(Dialect dialect, Tables tables) {
        return new Statements(
                new Append(dialect, tables),
                new UnsentQuery(dialect, tables),
                Turns.of(dialect, tables),
                new Marks(dialect, tables),
                new Delays(dialect, tables),
                new Shelves(dialect, tables),
                new WaitingKeys(dialect, tables),
                new Release(dialect, tables),
                new Adoption(dialect, tables),
                new CleanUp(dialect, tables));
    }
}
