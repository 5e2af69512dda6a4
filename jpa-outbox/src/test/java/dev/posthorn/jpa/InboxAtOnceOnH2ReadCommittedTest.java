package dev.posthorn.jpa;

import java.sql.Connection;

class InboxAtOnceOnH2ReadCommittedTest extends InboxAtOnceContract {

    InboxAtOnceOnH2ReadCommittedTest() {
        super(Fixture.Provider.HIBERNATE, TestDatabase.H2, Connection.TRANSACTION_READ_COMMITTED);
    }
}
