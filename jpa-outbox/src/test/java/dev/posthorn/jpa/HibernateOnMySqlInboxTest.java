package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class HibernateOnMySqlInboxTest extends JpaInboxStoreContract {

    HibernateOnMySqlInboxTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MYSQL);
    }
}
