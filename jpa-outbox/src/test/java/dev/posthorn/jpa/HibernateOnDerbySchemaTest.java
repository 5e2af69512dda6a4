package dev.posthorn.jpa;

class HibernateOnDerbySchemaTest extends SchemaContract {

    HibernateOnDerbySchemaTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.DERBY);
    }
}
