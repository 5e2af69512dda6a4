package dev.posthorn.jpa;

class HibernateOnPostgreSqlSchemaTest extends SchemaContract {

    HibernateOnPostgreSqlSchemaTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL);
    }
}
