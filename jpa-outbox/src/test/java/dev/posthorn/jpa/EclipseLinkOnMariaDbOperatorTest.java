package dev.posthorn.jpa;

class EclipseLinkOnMariaDbOperatorTest extends OperatorStoreContract {

    EclipseLinkOnMariaDbOperatorTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MARIADB);
    }
}
