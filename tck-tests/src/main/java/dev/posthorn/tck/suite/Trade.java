package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.server.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What one test buys, and whether the broker has the events of exactly that. */
final class Trade {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** All its keys begin so, and all ids of its purchases. */
    private final String run;

    private final ShopClient shop;

    Trade(ServerProcess server) {
        this(UUID.randomUUID().toString(), server);
    }

    private Trade(String run, ServerProcess server) {
        this.run = run;
        this.shop = new ShopClient(server);
    }

    /** The same trade, for which another server of the shop is asked from now on. */
    Trade at(ServerProcess server) {
        return new Trade(run, server);
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    /** These, one after the other, all with one key. */
    void buy(int from, int to) {
        buyAt(shop, from, to);
    }

    /** The same, in another server of the shop. */
    void buyAt(ServerProcess server, int from, int to) {
        buyAt(new ShopClient(server), from, to);
    }

    private void buyAt(ShopClient place, int from, int to) {
        IntStream.range(from, to).forEach(i -> assertTrue(place.buy(id(i), run), id(i)));
    }

    /** These are bought, told of, and rolled back. */
    void changeMind(int from, int to) {
        IntStream.range(from, to).forEach(i -> shop.changeMind(id(i), run));
    }

    Customers customers() {
        return new Customers(run, 4, shop);
    }

    /** Returns when the broker has at least so many of its events. */
    Deliveries awaitDeliveries(int events) {
        return Deliveries.await(ImpatientShop.ORDERS, run, events);
    }

    /** So many have been bought with {@link #buy}, and their events arrive, in order. */
    void requireInOrder(int count) {
        assertEquals(
                IntStream.range(0, count).mapToObj(this::id).toList(),
                awaitDeliveries(count).of(run));
    }

    void requireAllMarked() {
        // A server whose database was away may have to find out first which of its connections are dead.
        await().ignoreExceptionsInstanceOf(IllegalStateException.class).until(() -> shop.undelivered(run) == 0);
    }

    /** Of everything that was confirmed, there is a purchase; of every purchase an event; and of nothing else, in each key's order. */
    void requireExactlyWhatWasBought(Customers customers) {
        assertTrue(shop.bought(run).containsAll(customers.confirmed()), "what was confirmed has been bought");
        requireExactlyWhatWasBought();
    }

    void requireExactlyWhatWasBought() {
        Set<String> bought = shop.bought(run);
        awaitDeliveries(bought.size());
        requireAllMarked();
        Deliveries deliveries = Deliveries.now(ImpatientShop.ORDERS, run);

        assertEquals(bought, deliveries.texts());
        deliveries
                .firsts()
                .forEach((key, texts) -> assertEquals(List.copyOf(new TreeSet<>(texts)), texts, "order of key " + key));
        System.out.println("TCK: " + deliveries);
    }

    /** How many deliveries were not the first of their event. */
    int repeats() {
        return Deliveries.now(ImpatientShop.ORDERS, run).repeats();
    }

    private String id(int number) {
        return "%s-%06d".formatted(run, number);
    }
}
