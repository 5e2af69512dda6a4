package dev.posthorn.jpa;

class EclipseLinkOnH2Test extends JpaStoreContract {

    EclipseLinkOnH2Test() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.H2);
    }
}
