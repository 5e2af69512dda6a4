package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class EclipseLinkOnMySqlTest extends JpaStoreContract {

    EclipseLinkOnMySqlTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MYSQL);
    }
}
