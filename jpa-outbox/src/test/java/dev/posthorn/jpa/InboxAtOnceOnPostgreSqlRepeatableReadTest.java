package dev.posthorn.jpa;

import java.sql.Connection;

class InboxAtOnceOnPostgreSqlRepeatableReadTest extends InboxAtOnceContract {

    InboxAtOnceOnPostgreSqlRepeatableReadTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL, Connection.TRANSACTION_REPEATABLE_READ);
    }
}
