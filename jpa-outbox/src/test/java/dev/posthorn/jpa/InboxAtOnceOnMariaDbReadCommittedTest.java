package dev.posthorn.jpa;

import java.sql.Connection;

class InboxAtOnceOnMariaDbReadCommittedTest extends InboxAtOnceContract {

    InboxAtOnceOnMariaDbReadCommittedTest() {
        super(Fixture.Provider.ECLIPSELINK, TestDatabase.MARIADB, Connection.TRANSACTION_READ_COMMITTED);
    }
}
