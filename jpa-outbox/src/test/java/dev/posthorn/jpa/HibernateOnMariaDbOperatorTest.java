package dev.posthorn.jpa;

class HibernateOnMariaDbOperatorTest extends OperatorStoreContract {

    HibernateOnMariaDbOperatorTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MARIADB);
    }
}
