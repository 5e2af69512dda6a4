package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThereForAll")
class EclipseLinkOnMySqlWithXaSchemaTest extends SchemaContract {

    EclipseLinkOnMySqlWithXaSchemaTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MYSQL_WITH_XA);
    }
}
