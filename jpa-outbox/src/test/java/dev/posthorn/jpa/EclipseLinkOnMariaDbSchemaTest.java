package dev.posthorn.jpa;

class EclipseLinkOnMariaDbSchemaTest extends SchemaContract {

    EclipseLinkOnMariaDbSchemaTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MARIADB);
    }
}
