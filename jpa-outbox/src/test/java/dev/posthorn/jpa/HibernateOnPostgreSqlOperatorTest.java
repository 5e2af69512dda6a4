package dev.posthorn.jpa;

class HibernateOnPostgreSqlOperatorTest extends OperatorStoreContract {

    HibernateOnPostgreSqlOperatorTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    }
}
