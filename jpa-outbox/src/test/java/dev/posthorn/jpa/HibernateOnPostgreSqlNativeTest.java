package dev.posthorn.jpa;

class HibernateOnPostgreSqlNativeTest extends NativeQueriesContract {

    HibernateOnPostgreSqlNativeTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    }
}
