package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThereForAll")
class HibernateOnMySqlInboxTest extends JpaInboxStoreContract {

    HibernateOnMySqlInboxTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MYSQL);
    }
}
