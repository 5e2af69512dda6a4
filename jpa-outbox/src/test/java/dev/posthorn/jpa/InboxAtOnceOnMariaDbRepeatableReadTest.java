package dev.posthorn.jpa;

import java.sql.Connection;

class InboxAtOnceOnMariaDbRepeatableReadTest extends InboxAtOnceContract {

    InboxAtOnceOnMariaDbRepeatableReadTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MARIADB, Connection.TRANSACTION_REPEATABLE_READ);
    }
}
