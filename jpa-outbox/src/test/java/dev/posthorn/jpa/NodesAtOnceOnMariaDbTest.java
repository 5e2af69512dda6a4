package dev.posthorn.jpa;

class NodesAtOnceOnMariaDbTest extends NodesAtOnceContract {

    NodesAtOnceOnMariaDbTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MARIADB);
    }
}
