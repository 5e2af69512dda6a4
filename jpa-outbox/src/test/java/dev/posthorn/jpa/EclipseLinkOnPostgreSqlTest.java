package dev.posthorn.jpa;

class EclipseLinkOnPostgreSqlTest extends JpaStoreContract {

    EclipseLinkOnPostgreSqlTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.POSTGRESQL);
    }
}
