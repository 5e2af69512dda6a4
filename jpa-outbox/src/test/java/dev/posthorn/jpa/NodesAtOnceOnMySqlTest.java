package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThereForAll")
class NodesAtOnceOnMySqlTest extends NodesAtOnceContract {

    NodesAtOnceOnMySqlTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MYSQL);
    }
}
