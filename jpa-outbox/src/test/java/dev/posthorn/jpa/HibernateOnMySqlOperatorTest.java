package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThereForAll")
class HibernateOnMySqlOperatorTest extends OperatorStoreContract {

    HibernateOnMySqlOperatorTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MYSQL);
    }
}
