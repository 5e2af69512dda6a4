package dev.posthorn.jpa;

class EclipseLinkOnH2SchemaTest extends SchemaContract {

    EclipseLinkOnH2SchemaTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.H2);
    }
}
