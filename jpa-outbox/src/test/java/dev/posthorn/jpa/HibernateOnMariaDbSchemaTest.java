package dev.posthorn.jpa;

class HibernateOnMariaDbSchemaTest extends SchemaContract {

    HibernateOnMariaDbSchemaTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MARIADB);
    }
}
