package dev.posthorn.jpa;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.inbox.JpaInboxStore;
import dev.posthorn.jpa.node.JpaNodeStore;
import dev.posthorn.jpa.operate.JpaInboxOperatorStore;
import dev.posthorn.jpa.operate.JpaOperatorStore;
import dev.posthorn.jpa.outbox.Floors;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.jpa.transaction.JtaTransactions;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Hands the stores to CDI. */
@ApplicationScoped
class JpaStores {

    private final Floors floors = new Floors();

    @Produces
    @Supplied
    @ApplicationScoped
    EventStore eventStore(JtaTransactions transactions) {
        return new JpaEventStore(transactions, config(), floors);
    }

    @Produces
    @Supplied
    @ApplicationScoped
    NodeStore nodeStore(JtaTransactions transactions) {
        return new JpaNodeStore(transactions, config());
    }

    @Produces
    @Supplied
    @ApplicationScoped
    OperatorStore operatorStore(JtaTransactions transactions) {
        return new JpaOperatorStore(transactions, config(), floors);
    }

    @Produces
    @Supplied
    @ApplicationScoped
    InboxStore inboxStore(JtaTransactions transactions) {
        return new JpaInboxStore(transactions, config());
    }

    @Produces
    @Supplied
    @ApplicationScoped
    InboxOperatorStore inboxOperatorStore(JtaTransactions transactions) {
        return new JpaInboxOperatorStore(transactions, config());
    }

    static StoreConfig config() {
        Config config = ConfigProvider.getConfig();
        return StoreConfig.read(key -> config.getOptionalValue(key, String.class));
    }
}
