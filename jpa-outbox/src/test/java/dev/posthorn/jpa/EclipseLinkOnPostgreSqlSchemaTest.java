package dev.posthorn.jpa;

class EclipseLinkOnPostgreSqlSchemaTest extends SchemaContract {

    EclipseLinkOnPostgreSqlSchemaTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.POSTGRESQL);
    }
}
