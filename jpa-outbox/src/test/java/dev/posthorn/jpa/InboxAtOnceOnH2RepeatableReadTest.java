package dev.posthorn.jpa;

import java.sql.Connection;

class InboxAtOnceOnH2RepeatableReadTest extends InboxAtOnceContract {

    InboxAtOnceOnH2RepeatableReadTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.H2, Connection.TRANSACTION_REPEATABLE_READ);
    }
}
