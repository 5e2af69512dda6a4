package dev.posthorn.benchmarks.load;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/**
 * An order, and the event about it: some 500 bytes of JSON.
 *
 * @param id tells all events of a session apart, see {@link LoadRequest#FIRST_ID}
 * @param seq the order's position among those of its key
 */
@IntegrationEvent(topic = OrderPlaced.TOPIC)
public record OrderPlaced(
        long id, int seq, @Key String key, String customer, long cents, String currency, String placedAt, String note) {

    public static final String TOPIC = "orders";

    private static final String NOTE = "a gift, to be wrapped in paper without a price on it, ".repeat(6);

    static OrderPlaced of(LoadRequest load, int index) {
        long id = load.firstId() + index;
        int seq = index % load.ordersPerKey();
        String key = "order-" + (id - seq);
        return new OrderPlaced(
                id, seq, key, "customer-" + id % 1000, 1000 + id % 9000, "EUR", "2026-11-21T07:45:00.000Z", NOTE);
    }
}
