package dev.posthorn.jpa;

class EclipseLinkOnDerbyInboxTest extends JpaInboxStoreContract {

    EclipseLinkOnDerbyInboxTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.DERBY);
    }
}
