package dev.posthorn.example.shipping.demo;

import dev.posthorn.EventMiddleware;
import dev.posthorn.HandlingContext;
import dev.posthorn.example.shipping.OrderPlaced;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Counts how often each order arrives. It stands outside of Posthorn's own middleware, and so is called for repetitions too. */
@ApplicationScoped
@Priority(EventMiddleware.TRANSACTION_PRIORITY - 100)
public class Deliveries implements EventMiddleware<OrderPlaced> {

    /** An order, and how often its event was received. */
    public record Delivery(long orderId, int received) {}

    private final ConcurrentSkipListMap<Long, Integer> received = new ConcurrentSkipListMap<>();

    @Override
    public void around(OrderPlaced order, HandlingContext context, Next next) throws Exception {
        received.merge(order.orderId(), 1, Integer::sum);
        next.proceed();
    }

    List<Delivery> all() {
        return received.entrySet().stream()
                .map(entry -> new Delivery(entry.getKey(), entry.getValue()))
                .toList();
    }
}
