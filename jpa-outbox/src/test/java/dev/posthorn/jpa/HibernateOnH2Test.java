package dev.posthorn.jpa;

class HibernateOnH2Test extends JpaStoreContract {

    HibernateOnH2Test() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.H2);
    }
}
