package dev.posthorn.jpa;

class HibernateOnMariaDbTest extends JpaStoreContract {

    HibernateOnMariaDbTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MARIADB);
    }
}
