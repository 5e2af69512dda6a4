package dev.posthorn.jpa;

class EclipseLinkOnPostgreSqlInboxTest extends JpaInboxStoreContract {

    EclipseLinkOnPostgreSqlInboxTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.POSTGRESQL);
    }
}
