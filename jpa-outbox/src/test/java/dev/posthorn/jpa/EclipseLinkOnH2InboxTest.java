package dev.posthorn.jpa;

class EclipseLinkOnH2InboxTest extends JpaInboxStoreContract {

    EclipseLinkOnH2InboxTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.H2);
    }
}
