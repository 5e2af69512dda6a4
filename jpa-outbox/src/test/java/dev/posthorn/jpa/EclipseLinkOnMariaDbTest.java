package dev.posthorn.jpa;

class EclipseLinkOnMariaDbTest extends JpaStoreContract {

    EclipseLinkOnMariaDbTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MARIADB);
    }
}
