package dev.posthorn.jpa;

import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.NodeStore;
import java.util.Map;

/** Stores as somebody else sees them, who knows nothing of this package but the contracts. */
public final class StoresOnH2 {

    private final Fixture fixture = new Fixture(Fixture.Provider.ECLIPSELINK, TestDatabase.H2);
    private final EventStore events = fixture.preparedStore();
    private final NodeStore nodes = fixture.nodes(Map.of());

    public EventStore events() {
        return events;
    }

    public NodeStore nodes() {
        return nodes;
    }

    /** Commits if and only if the work returns. */
    public void inTransaction(Runnable work) {
        fixture.transactions.separately(em -> {
            work.run();
            return true;
        });
    }

    public void empty() {
        Jdbc.execute(
                fixture.dataSource,
                "DELETE FROM posthorn_outbox",
                "DELETE FROM posthorn_settled",
                "DELETE FROM posthorn_node");
    }

    public void close() {
        fixture.close();
    }
}
