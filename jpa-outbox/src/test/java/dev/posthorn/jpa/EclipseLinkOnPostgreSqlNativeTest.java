package dev.posthorn.jpa;

class EclipseLinkOnPostgreSqlNativeTest extends NativeQueriesContract {

    EclipseLinkOnPostgreSqlNativeTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.POSTGRESQL);
    }
}
