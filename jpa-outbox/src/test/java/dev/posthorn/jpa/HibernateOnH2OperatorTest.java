package dev.posthorn.jpa;

class HibernateOnH2OperatorTest extends OperatorStoreContract {

    HibernateOnH2OperatorTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.H2);
    }
}
