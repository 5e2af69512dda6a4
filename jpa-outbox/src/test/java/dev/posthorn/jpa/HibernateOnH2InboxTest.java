package dev.posthorn.jpa;

class HibernateOnH2InboxTest extends JpaInboxStoreContract {

    HibernateOnH2InboxTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.H2);
    }
}
