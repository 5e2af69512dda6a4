package dev.posthorn.jpa;

import java.sql.Connection;

class InboxAtOnceOnPostgreSqlReadCommittedTest extends InboxAtOnceContract {

    InboxAtOnceOnPostgreSqlReadCommittedTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.POSTGRESQL, Connection.TRANSACTION_READ_COMMITTED);
    }
}
