package dev.posthorn.jpa;

class EclipseLinkOnH2OperatorTest extends OperatorStoreContract {

    EclipseLinkOnH2OperatorTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.H2);
    }
}
