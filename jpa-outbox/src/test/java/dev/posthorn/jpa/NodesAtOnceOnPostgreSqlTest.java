package dev.posthorn.jpa;

class NodesAtOnceOnPostgreSqlTest extends NodesAtOnceContract {

    NodesAtOnceOnPostgreSqlTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    }
}
