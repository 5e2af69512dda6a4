package dev.posthorn.jpa;

class EclipseLinkOnDerbyTest extends JpaStoreContract {

    EclipseLinkOnDerbyTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.DERBY);
    }
}
