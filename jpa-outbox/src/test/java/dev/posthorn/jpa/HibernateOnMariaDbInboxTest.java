package dev.posthorn.jpa;

class HibernateOnMariaDbInboxTest extends JpaInboxStoreContract {

    HibernateOnMariaDbInboxTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MARIADB);
    }
}
