package dev.posthorn.jpa.inbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;

/** All SQL on the inbox, for one database and its tables. */
record InboxStatements(
        Admit admit,
        Keep keep,
        DueQuery due,
        EntryQuery entry,
        Claim claim,
        InboxMarks marks,
        InboxRelease release,
        InboxWaitingKeys waitingKeys,
        InboxCleanUp cleanUp) {

    static InboxStatements of(Dialect dialect, Tables tables) {
        return new InboxStatements(
                new Admit(dialect, tables),
                new Keep(dialect, tables),
                new DueQuery(dialect, tables),
                new EntryQuery(tables),
                new Claim(dialect, tables),
                new InboxMarks(dialect, tables),
                new InboxRelease(dialect, tables),
                new InboxWaitingKeys(dialect, tables),
                new InboxCleanUp(dialect, tables));
    }
}
