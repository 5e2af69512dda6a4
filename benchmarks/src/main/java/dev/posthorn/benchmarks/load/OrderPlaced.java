package dev.posthorn.benchmarks.load;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/**
 * An order, and the event about it.
 *
 * @param id tells all events of a session apart, see {@link LoadRequest#FIRST_ID}
 * @param seq the order's position among those of its sequence, see {@link Events#inSequence}
 */
@IntegrationEvent(topic = OrderPlaced.TOPIC)
public record OrderPlaced(
        long id, int seq, @Key String key, String customer, long cents, String currency, String placedAt, String note) {

    public static final String TOPIC = "orders";

    static OrderPlaced of(long id, int seq, String key, String note) {
        return new OrderPlaced(
                id, seq, key, "customer-" + id % 1000, 1000 + id % 9000, "EUR", "2026-11-21T07:45:00.000Z", note);
    }
}
