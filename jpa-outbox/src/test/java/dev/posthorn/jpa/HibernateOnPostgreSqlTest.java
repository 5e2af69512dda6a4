package dev.posthorn.jpa;

class HibernateOnPostgreSqlTest extends JpaStoreContract {

    HibernateOnPostgreSqlTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    }
}
