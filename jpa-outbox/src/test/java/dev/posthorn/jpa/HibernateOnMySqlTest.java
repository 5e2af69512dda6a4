package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThereForAll")
class HibernateOnMySqlTest extends JpaStoreContract {

    HibernateOnMySqlTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MYSQL);
    }
}
