package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.IntegrationEvents;
import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.shop.OrderPlaced;
import dev.posthorn.tck.shop.Shop;
import dev.posthorn.tck.shop.TransactionalBean;
import dev.posthorn.tck.witness.Witness;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever the broker does, what has been committed reaches it: late, perhaps more than once, but in order. */
@ExtendWith(ArquillianExtension.class)
@Tag("everywhere")
public class BrokerFaultsIT {

    private static final String NARROW = "narrow";
    private static final String NARROW_AND_QUIET = "narrow-and-quiet";

    // More than Kafka's client puts into one batch (batch.size, 16384): it would split a batch that the topic refuses
    // into itself,
    // for ever (KAFKA-8350).
    private static final int NARROW_BYTES = 20_000;

    private static final int WIDE_BYTES = 100_000;
    private static final String TOO_LARGE = "x".repeat(2 * NARROW_BYTES);

    private static final int KEYS = 5;
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(2);

    private final BrokerControl broker = new BrokerControl();

    @Inject
    private Shop shop;

    @Inject
    private TransactionalBean transactional;

    @Inject
    private IntegrationEvents events;

    @Inject
    private Witness witness;

    @Deployment
    public static WebArchive archive() {
        return ImpatientShop.named("brokerfaults", NARROW, NARROW_AND_QUIET)
                .withPackageOf(Witness.class)
                .property("posthorn.memory.max-events", "50")
                .property("posthorn.send-timeout", SEND_TIMEOUT.toString())
                .build();
    }

    @Test
    public void eventsCommittedWhileTheBrokerIsDeadArriveInOrderWhenItIsBack() {
        survives(broker::kill, broker::start);
    }

    @Test
    public void eventsCommittedWhileTheBrokerIsStoppedArriveInOrderWhenItIsBack() {
        survives(broker::stop, broker::start);
    }

    @Test
    public void eventsCommittedWhileTheBrokerIsFrozenArriveInOrderWhenItIsThawed() {
        survives(broker::freeze, broker::thaw);
    }

    /** A send to it keeps its connector for as long as its producer waits for news of the topic; Kafka's own limit is a minute. */
    @Test
    public void aTopicThatDoesNotExistYetHoldsUpNoOther() {
        String missing = "missing-" + UUID.randomUUID();
        String run = newRun();
        commit(missing, run + "-missing", "waits");
        commitToEachKey(run, 0, 3);

        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> shop.undelivered(run) == 1);
        assertEquals(1, shop.undelivered(run + "-missing"));

        broker.createTopic(missing, 1);
        requireAllMarked(run);
        assertEquals(1, broker.records(missing).size());
        assertEquals(0, shop.rows(run + "-missing").get(0).attempts());
    }

    private void survives(Runnable fault, Runnable recovery) {
        String run = newRun();
        List<Duration> took = new ArrayList<>();
        took.addAll(commitToEachKey(run, 0, 10));
        fault.run();
        try {
            took.addAll(commitToEachKey(run, 10, 30));
            assertEquals(20, unsentOfLast(20, run), "rows that count as unsent during the outage");
        } finally {
            recovery.run();
        }
        took.addAll(commitToEachKey(run, 30, 40));

        requireAllInOrder(run, 40);
        requireAllMarked(run);
        requireNoAttemptCounted(run);
        assertTrue(
                median(took).compareTo(SEND_TIMEOUT.dividedBy(2)) < 0,
                "business transactions were slowed down: " + took);
    }

    @Test
    public void thousandsOfEventsCommittedDuringAnOutageOverflowToTheTableAndArriveInOrder() {
        String run = newRun();
        int perKey = 600;
        broker.kill();
        try {
            for (int from = 0; from < perKey; from += 20) {
                int first = from;
                transactional.inTransaction(
                        () -> IntStream.range(first, first + 20).forEach(i -> placeForEachKey(run, i)));
            }
        } finally {
            broker.start();
        }

        requireAllInOrder(run, perKey);
        requireAllMarked(run);
    }

    @Test
    public void nothingCountsAsSentBeforeTheBrokerHasAcknowledgedIt() {
        String run = newRun();
        broker.freeze();
        try {
            commitToEachKey(run, 0, 2);
            await().during(SEND_TIMEOUT.multipliedBy(3)).until(() -> shop.undelivered(run) == 2 * KEYS);
            assertFalse(witness.wasToldOfDelivery(key(run, 0)));
        } finally {
            broker.thaw();
        }

        requireAllInOrder(run, 2);
        requireAllMarked(run);
        await().until(() -> witness.wasToldOfDelivery(key(run, 0)));
    }

    @Test
    public void eventThatAloneCantBeSentHoldsUpNoOtherKeyAndGoesOutWhenItCan() {
        broker.limitRecords(NARROW, NARROW_BYTES);
        String stuck = newRun();
        commit(NARROW, stuck, TOO_LARGE);
        commit(NARROW, stuck, "behind it");

        // Others go on, all the time; by their acknowledgements the relay knows whose fault it is.
        String run = newRun();
        await().until(() -> {
            commit(NARROW, run, "other");
            return shop.rows(stuck).get(0).attempts() >= 2;
        });
        await().until(() -> shop.undelivered(run) == 0);

        Shop.Row row = shop.rows(stuck).get(0);
        assertTrue(row.isDelayed());
        assertTrue(row.error().contains("RecordTooLarge"), row.error());
        EventDeliveryFailed failure = witness.failures(stuck).get(0);
        assertEquals("OrderPlaced", failure.event().type());
        assertEquals(1, failure.attempts());
        await().until(() -> shop.rows(stuck).get(1).isWaiting());
        assertEquals(0, shop.rows(stuck).get(1).attempts());

        broker.limitRecords(NARROW, WIDE_BYTES);
        assertEquals(
                List.of(TOO_LARGE, "behind it"),
                Deliveries.await(NARROW, stuck, 2).of(stuck));
        requireAllMarked(stuck);
    }

    @Test
    public void eventThatCantBeSentDoesNotStopAQuietChannel() {
        broker.limitRecords(NARROW_AND_QUIET, NARROW_BYTES);
        String stuck = newRun();
        commit(NARROW_AND_QUIET, stuck, TOO_LARGE);
        await().until(() -> shop.rows(stuck).get(0).isDelayed());

        String run = newRun();
        commit(NARROW_AND_QUIET, run, "another key");
        requireAllMarked(run);

        broker.limitRecords(NARROW_AND_QUIET, WIDE_BYTES);
        requireAllMarked(stuck);
        assertEquals(List.of(TOO_LARGE), Deliveries.now(NARROW_AND_QUIET, stuck).of(stuck));
    }

    @Test
    public void relayWorksOutsideAnyTransaction() {
        broker.limitRecords(NARROW, NARROW_BYTES);
        String stuck = newRun();
        commit(NARROW, stuck, TOO_LARGE);
        await().until(() -> {
            commitToEachKey(newRun(), 0, 1);
            return !witness.failures(stuck).isEmpty();
        });
        broker.limitRecords(NARROW, WIDE_BYTES);
        requireAllMarked(stuck);

        for (String what : List.of("send", "delivery", "failure")) {
            assertTrue(witness.sawOutsideTransactions(what), what);
        }
    }

    /** @return how long each transaction took */
    private List<Duration> commitToEachKey(String run, int from, int to) {
        List<Duration> took = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int number = i;
            long start = System.nanoTime();
            transactional.inTransaction(() -> {
                shop.buy(run + number);
                placeForEachKey(run, number);
            });
            took.add(Duration.ofNanos(System.nanoTime() - start));
        }
        return took;
    }

    private void placeForEachKey(String run, int number) {
        IntStream.range(0, KEYS).forEach(key -> shop.place(key(run, key), "" + number));
    }

    private void commit(String topic, String key, String text) {
        transactional.inTransaction(
                () -> events.draft(new OrderPlaced(key, text)).topic(topic).publish());
    }

    private long unsentOfLast(int count, String run) {
        List<Shop.Row> rows = shop.rows(key(run, 0));
        return rows.subList(rows.size() - count, rows.size()).stream()
                .filter(Shop.Row::isUnsent)
                .count();
    }

    private void requireAllInOrder(String run, int perKey) {
        List<String> inOrder =
                IntStream.range(0, perKey).mapToObj(Integer::toString).toList();
        Deliveries deliveries = Deliveries.await(ImpatientShop.ORDERS, run, KEYS * perKey);
        for (int key = 0; key < KEYS; key++) {
            assertEquals(inOrder, deliveries.of(key(run, key)), "key " + key);
        }
        System.out.println("TCK: " + deliveries);
    }

    private void requireAllMarked(String keyPrefix) {
        await().until(() -> shop.undelivered(keyPrefix) == 0);
    }

    private void requireNoAttemptCounted(String run) {
        for (int key = 0; key < KEYS; key++) {
            assertEquals(
                    0,
                    shop.rows(key(run, key)).stream()
                            .mapToInt(Shop.Row::attempts)
                            .sum());
        }
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().toList().get(durations.size() / 2);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(120));
    }

    private static String key(String run, int key) {
        return run + "-" + key;
    }

    private static String newRun() {
        return UUID.randomUUID().toString();
    }
}
