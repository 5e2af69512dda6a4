package dev.posthorn.jpa;

class HibernateOnDerbyOperatorTest extends OperatorStoreContract {

    HibernateOnDerbyOperatorTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.DERBY);
    }
}
