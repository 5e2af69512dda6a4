package dev.posthorn.jpa;

class NodesAtOnceOnDerbyTest extends NodesAtOnceContract {

    NodesAtOnceOnDerbyTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.DERBY);
    }
}
