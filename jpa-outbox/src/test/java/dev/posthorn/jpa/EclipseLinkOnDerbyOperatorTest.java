package dev.posthorn.jpa;

class EclipseLinkOnDerbyOperatorTest extends OperatorStoreContract {

    EclipseLinkOnDerbyOperatorTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.DERBY);
    }
}
