package dev.posthorn.own;

import dev.posthorn.jpa.EventStoreContract;
import dev.posthorn.jpa.StoresOnH2;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.NodeStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract can be run by who is of another package, and has a store of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnEventStoreTest extends EventStoreContract {

    private final StoresOnH2 stores = new StoresOnH2();

    @BeforeEach
    void empty() {
        stores.empty();
    }

    @AfterAll
    void close() {
        stores.close();
    }

    @Override
    protected EventStore store() {
        return stores.events();
    }

    @Override
    protected NodeStore nodes() {
        return stores.nodes();
    }

    @Override
    protected void inTransaction(Runnable work) {
        stores.inTransaction(work);
    }
}
