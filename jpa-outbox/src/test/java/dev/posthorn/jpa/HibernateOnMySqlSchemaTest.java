package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThereForAll")
class HibernateOnMySqlSchemaTest extends SchemaContract {

    HibernateOnMySqlSchemaTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MYSQL);
    }
}
