package dev.posthorn.jpa;

class EclipseLinkOnMariaDbInboxTest extends JpaInboxStoreContract {

    EclipseLinkOnMariaDbInboxTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MARIADB);
    }
}
