package dev.posthorn.jpa;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import java.time.Duration;

/** Nodes in a table beside the outbox. */
final class JpaNodeStore implements NodeStore {

    private final Transactions transactions;
    private final Lazy<Nodes> nodes;

    JpaNodeStore(Transactions transactions, StoreConfig config) {
        this.transactions = transactions;
        this.nodes = new Lazy<>(() -> new Nodes(Database.dialect(config, transactions), config.tables()));
    }

    @Override
    public void join(Node node, String name) {
        Nodes known = nodes.get();
        transactions.separately(em -> known.join(em, node, name));
    }

    @Override
    public boolean beat(Node node) {
        Nodes known = nodes.get();
        return transactions.separately(em -> known.beat(em, node));
    }

    @Override
    public int bury(Node node, Duration silence) {
        Nodes known = nodes.get();
        return transactions.separately(em -> known.bury(em, node, silence));
    }

    @Override
    public void leave(Node node) {
        Nodes known = nodes.get();
        transactions.separately(em -> known.leave(em, node));
    }
}
