package dev.posthorn.jpa;

import java.sql.Connection;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThereForAll")
class InboxAtOnceOnMySqlReadCommittedTest extends InboxAtOnceContract {

    InboxAtOnceOnMySqlReadCommittedTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MYSQL, Connection.TRANSACTION_READ_COMMITTED);
    }
}
