package dev.posthorn.jpa;

import java.sql.Connection;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThereForAll")
class InboxAtOnceOnMySqlRepeatableReadTest extends InboxAtOnceContract {

    InboxAtOnceOnMySqlRepeatableReadTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MYSQL, Connection.TRANSACTION_REPEATABLE_READ);
    }
}
