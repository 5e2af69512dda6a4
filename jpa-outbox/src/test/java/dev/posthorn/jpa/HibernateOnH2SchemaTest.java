package dev.posthorn.jpa;

class HibernateOnH2SchemaTest extends SchemaContract {

    HibernateOnH2SchemaTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.H2);
    }
}
