package dev.posthorn.jpa;

class HibernateOnPostgreSqlInboxTest extends JpaInboxStoreContract {

    HibernateOnPostgreSqlInboxTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    }
}
