package dev.posthorn.jpa;

/** All SQL on the outbox, for one database and its tables. */
record Statements(Append append, UnsentQuery unsent, Marks marks, Adoption adoption, CleanUp cleanUp) {

    static Statements of(Dialect dialect, Tables tables) {
        return new Statements(
                new Append(dialect, tables),
                new UnsentQuery(dialect, tables),
                new Marks(dialect, tables),
                new Adoption(dialect, tables),
                new CleanUp(dialect, tables));
    }
}
