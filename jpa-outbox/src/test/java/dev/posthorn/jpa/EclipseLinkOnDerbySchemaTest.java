package dev.posthorn.jpa;

class EclipseLinkOnDerbySchemaTest extends SchemaContract {

    EclipseLinkOnDerbySchemaTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.DERBY);
    }
}
