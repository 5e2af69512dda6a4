package dev.posthorn.benchmarks.emitter;

import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.load.Relay;
import dev.posthorn.benchmarks.relay.EventTable;
import dev.posthorn.benchmarks.relay.PollingRelay;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import javax.sql.DataSource;

/** A relay that polls, on the server. */
@ApplicationScoped
public class PollerEmitter implements Relay {

    @Resource(lookup = "java:app/jdbc/bench")
    private DataSource dataSource;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    StoringShop shop;

    @Inject
    OrderEmitter emitter;

    private EventTable table;
    private PollingRelay relay;

    @PostConstruct
    void createTable() {
        table = EventTable.in(dataSource, "outbox_of_poller_emitter");
        relay = new PollingRelay(
                dataSource, table, (key, payload) -> emitter.send(key, payload).toCompletableFuture(), threads);
    }

    public void place(List<OrderPlaced> orders) {
        shop.commit(orders, table);
        relay.wakeUp();
    }

    @Override
    public void start() {
        relay.start();
    }

    @Override
    public void stop() throws InterruptedException {
        relay.stop();
    }
}
