package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class EclipseLinkOnMySqlSchemaTest extends SchemaContract {

    EclipseLinkOnMySqlSchemaTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MYSQL);
    }
}
