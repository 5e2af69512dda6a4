package dev.posthorn.jpa;

import java.sql.Connection;

class InboxAtOnceOnDerbyReadCommittedTest extends InboxAtOnceContract {

    InboxAtOnceOnDerbyReadCommittedTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.DERBY, Connection.TRANSACTION_READ_COMMITTED);
    }
}
