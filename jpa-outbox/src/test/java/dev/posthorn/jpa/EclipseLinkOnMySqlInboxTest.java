package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class EclipseLinkOnMySqlInboxTest extends JpaInboxStoreContract {

    EclipseLinkOnMySqlInboxTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MYSQL);
    }
}
