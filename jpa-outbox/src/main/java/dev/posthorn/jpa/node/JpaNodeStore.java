package dev.posthorn.jpa.node;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Plans;
import dev.posthorn.jpa.transaction.Database;
import dev.posthorn.jpa.transaction.Lazy;
import dev.posthorn.jpa.transaction.OwnTransactions;
import dev.posthorn.jpa.transaction.Transactions;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OtherNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nodes in a table beside the outbox. */
public final class JpaNodeStore implements NodeStore {

    private final OwnTransactions own;
    private final Lazy<Nodes> nodes;

    public JpaNodeStore(Transactions transactions, StoreConfig config) {
        Lazy<Dialect> dialect = new Lazy<>(() -> Database.dialect(config, transactions));
        this.nodes = new Lazy<>(() -> new Nodes(dialect.get(), config.tables()));
        this.own = new OwnTransactions(transactions, dialect);
    }

    @Override
    public void join(Node node, String name) {
        Nodes known = nodes.get();
        own.run(Plans.ANY, em -> known.join(em, node, name));
    }

    @Override
    public Optional<List<OtherNode>> beat(Node node) {
        Nodes known = nodes.get();
        return own.run(Plans.ANY, em -> known.beat(em, node));
    }

    @Override
    public void giveNotice(Node node) {
        Nodes known = nodes.get();
        own.run(Plans.ANY, em -> known.giveNotice(em, node));
    }

    @Override
    public int bury(Node node, Duration silence) {
        Nodes known = nodes.get();
        return own.run(Plans.ANY, em -> known.bury(em, node, silence));
    }

    @Override
    public boolean noteDelivers(Node node, Set<String> channels) {
        Nodes known = nodes.get();
        return own.run(Plans.ANY, em -> known.noteDelivers(em, node, channels));
    }

    @Override
    public Set<String> deliveredByOthers(Node node) {
        Nodes known = nodes.get();
        return own.run(Plans.ANY, em -> known.deliveredByOthers(em, node));
    }

    @Override
    public void leave(Node node) {
        Nodes known = nodes.get();
        own.run(Plans.ANY, em -> known.leave(em, node));
    }
}
