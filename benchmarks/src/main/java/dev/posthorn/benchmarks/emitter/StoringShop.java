package dev.posthorn.benchmarks.emitter;

import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.relay.EventTable;
import dev.posthorn.benchmarks.relay.StoredEvent;
import dev.posthorn.benchmarks.server.OrderJson;
import dev.posthorn.benchmarks.server.Purchase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;

/**
 * The business row, an entity, and a row for each event, by a native statement of the same EntityManager: on Payara plain JDBC would not
 * take part in the transaction.
 */
@ApplicationScoped
public class StoringShop {

    private static final String VALUES =
            " (id, topic, event_key, payload) VALUES (?1, '" + OrderPlaced.TOPIC + "', ?2, ?3)";

    @PersistenceContext
    EntityManager em;

    @Inject
    OrderJson json;

    /** Returns after the commit. */
    @Transactional
    public List<StoredEvent> commit(List<OrderPlaced> orders, EventTable table) {
        em.persist(new Purchase(orders.get(0)));
        List<StoredEvent> stored = new ArrayList<>(orders.size());
        for (OrderPlaced order : orders) {
            StoredEvent event = new StoredEvent(order.id(), order.key(), json.bytes(order));
            insert(event, table);
            stored.add(event);
        }
        return stored;
    }

    /** The id is the order's, since one that the database gives would have to be asked for. */
    private void insert(StoredEvent event, EventTable table) {
        em.createNativeQuery("INSERT INTO " + table.name() + VALUES)
                // Or the business row would be written on its own, before the commit writes what there is.
                .setFlushMode(FlushModeType.COMMIT)
                .setParameter(1, event.id())
                .setParameter(2, event.key())
                .setParameter(3, event.payload())
                .executeUpdate();
    }
}
