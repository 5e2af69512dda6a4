package dev.posthorn.jpa;

class EclipseLinkOnPostgreSqlOperatorTest extends OperatorStoreContract {

    EclipseLinkOnPostgreSqlOperatorTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.POSTGRESQL);
    }
}
