package dev.posthorn.jpa;

class HibernateOnDerbyInboxTest extends JpaInboxStoreContract {

    HibernateOnDerbyInboxTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.DERBY);
    }
}
