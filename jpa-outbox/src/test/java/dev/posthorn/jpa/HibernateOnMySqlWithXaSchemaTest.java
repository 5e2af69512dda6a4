package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class HibernateOnMySqlWithXaSchemaTest extends SchemaContract {

    HibernateOnMySqlWithXaSchemaTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.MYSQL_WITH_XA);
    }
}
