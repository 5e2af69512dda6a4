package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class EclipseLinkOnMySqlOperatorTest extends OperatorStoreContract {

    EclipseLinkOnMySqlOperatorTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MYSQL);
    }
}
