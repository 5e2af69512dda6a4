package dev.posthorn.jpa;

class HibernateOnDerbyTest extends JpaStoreContract {

    HibernateOnDerbyTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.DERBY);
    }
}
