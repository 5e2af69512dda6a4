package dev.posthorn.jpa;

class EclipseLinkOnH2NativeTest extends NativeQueriesContract {

    EclipseLinkOnH2NativeTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.H2);
    }
}
