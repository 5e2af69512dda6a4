package dev.posthorn.benchmarks.emitter;

import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.relay.AcknowledgedRows;
import dev.posthorn.benchmarks.relay.EventTable;
import dev.posthorn.benchmarks.relay.StoredEvent;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import javax.sql.DataSource;

/** The least that a relay from memory has to do, on the server: what it does not do is the same as without one. */
@ApplicationScoped
public class DirectEmitter {

    @Resource(lookup = "java:app/jdbc/bench")
    private DataSource dataSource;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    StoringShop shop;

    @Inject
    OrderEmitter emitter;

    private EventTable table;
    private AcknowledgedRows acknowledged;

    /** The server ends its threads itself. */
    @PostConstruct
    void start() {
        table = EventTable.in(dataSource, "outbox_of_direct_emitter");
        acknowledged = new AcknowledgedRows(dataSource, table, threads);
        acknowledged.start();
    }

    public void place(List<OrderPlaced> orders) {
        for (StoredEvent event : shop.commit(orders, table)) {
            emitter.send(event.key(), event.payload()).thenRun(() -> acknowledged.add(event.id()));
        }
    }
}
