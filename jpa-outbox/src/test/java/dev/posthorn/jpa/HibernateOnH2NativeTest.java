package dev.posthorn.jpa;

class HibernateOnH2NativeTest extends NativeQueriesContract {

    HibernateOnH2NativeTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.H2);
    }
}
