package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.KafkaBroker;
import dev.posthorn.tck.fixture.Postgres;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.ServerProcess;
import dev.posthorn.tck.shop.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever dies, and whenever: what has been bought has its event on the broker, in the order of its key, and there is no event of
 * anything else.
 */
public class CrashIT {

    private static final String ORDERS = "orders";
    private static final String NODE_TIMEOUT = "posthorn.node.timeout";
    private static final String NODE_NAME = "posthorn.node.name";

    /** Nobody waits for that: whoever takes over events does so without a time-out. */
    private static final String FOR_EVER = "PT24H";

    private static WebArchive archive;

    private final KafkaBroker broker = Fixtures.broker();
    private final String run = UUID.randomUUID().toString();

    @BeforeAll
    static void build() {
        archive = TckArchive.named("crash")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .with(TckApplication.class)
                .events("posthorn", ORDERS)
                .property("posthorn.schema", "create")
                .property(NODE_TIMEOUT, "PT5S")
                .property("posthorn.send-timeout", "PT3S")
                .property("posthorn.pause.max", "PT1S")
                .property("posthorn.stop.timeout", "PT2S")
                .property("dev.posthorn.runtime.FaultTolerantRetrier/send/Retry/maxRetries", "1")
                .property("dev.posthorn.runtime.FaultTolerantRetrier/send/Retry/delay", "100")
                .property("dev.posthorn.runtime.FaultTolerantRetrier/send/Retry/delayUnit", "MILLIS")
                .property("dev.posthorn.runtime.FaultTolerantRetrier/send/Retry/jitter", "50")
                .property("dev.posthorn.runtime.FaultTolerantRetrier/send/Timeout/value", "3")
                .build();
    }

    @AfterEach
    void repair() {
        broker.start();
    }

    @Test
    @Tag("smoke")
    void killBetweenCommitAndSendLosesNothing() {
        try (ServerProcess server = start(Map.of())) {
            ShopClient shop = new ShopClient(server);
            broker.stop();
            buy(shop, 0, 20);
            IntStream.range(20, 25).forEach(i -> shop.changeMind(id(i), run));

            server.kill9();
            broker.start();
            server.start();

            assertEquals(ids(20), Deliveries.await(ORDERS, run, 20).of(run));
            requireEventsOfExactlyWhatWasBought(shop);
        }
    }

    @Test
    @Tag("smoke")
    void killUnderLoadLosesNothing() {
        try (ServerProcess server = start(Map.of())) {
            ShopClient shop = new ShopClient(server);
            Customers customers = new Customers(run, 4, shop);
            await().until(() -> customers.confirmed().size() >= 200);

            server.kill9();
            customers.close();
            server.start();

            requireEventsOfExactlyWhatWasBought(shop);
            assertTrue(shop.bought(run).containsAll(customers.confirmed()), "what was confirmed has been bought");
        }
    }

    @Test
    @Tag("smoke")
    void serverThatStartsWithoutItsBrokerTakesOrdersAndDeliversLater() {
        broker.stop();
        try (ServerProcess server = start(Map.of())) {
            ShopClient shop = new ShopClient(server);
            buy(shop, 0, 20);

            broker.start();

            assertEquals(ids(20), Deliveries.await(ORDERS, run, 20).of(run));
            requireAllMarked(shop);
        }
    }

    @Test
    @Tag("smoke")
    void orderlyStopReleasesWhatItCantSendAndTheNextStartSendsItAtOnce() {
        try (ServerProcess server = start(Map.of(NODE_TIMEOUT, FOR_EVER))) {
            ShopClient shop = new ShopClient(server);
            broker.stop();
            buy(shop, 0, 20);

            server.stop();
            assertTrue(server.log().contains("POSTHORN-1003"), "the stop says that something is left");
            broker.start();
            server.start();

            assertEquals(ids(20), Deliveries.await(ORDERS, run, 20).of(run));
            requireAllMarked(shop);
        }
    }

    @Test
    void orderlyStopUnderLoadLosesNothing() {
        try (ServerProcess server = start(Map.of(NODE_TIMEOUT, FOR_EVER))) {
            ShopClient shop = new ShopClient(server);
            Customers customers = new Customers(run, 4, shop);
            await().until(() -> customers.confirmed().size() >= 200);

            server.stop();
            customers.close();
            server.start();

            requireEventsOfExactlyWhatWasBought(shop);
            assertTrue(shop.bought(run).containsAll(customers.confirmed()), "what was confirmed has been bought");
        }
    }

    @Test
    void namedNodeTakesOverFromItsKilledPredecessorAtOnce() {
        try (ServerProcess server = start(Map.of(NODE_NAME, "only", NODE_TIMEOUT, FOR_EVER))) {
            ShopClient shop = new ShopClient(server);
            broker.stop();
            buy(shop, 0, 20);

            server.kill9();
            broker.start();
            server.start();

            assertEquals(ids(20), Deliveries.await(ORDERS, run, 20).of(run));
            requireAllMarked(shop);
        }
    }

    @Test
    void killedDatabaseComesBackAndEverythingGoesOn() {
        survivesTheDatabase(Postgres::kill);
    }

    @Test
    void databaseThatIsStoppedComesBackAndEverythingGoesOn() {
        survivesTheDatabase(Postgres::stop);
    }

    private void survivesTheDatabase(Consumer<Postgres> fault) {
        assumeTrue(TckSettings.database().equals("postgresql"), "only a database server can be stopped");
        Postgres database = Fixtures.postgres();
        try (ServerProcess server = start(Map.of())) {
            ShopClient shop = new ShopClient(server);
            try (Customers customers = new Customers(run, 4, shop)) {
                await().until(() -> customers.confirmed().size() >= 100);
                fault.accept(database);
                await().until(() -> customers.refusals() >= 8);
                database.start();
                int soFar = customers.confirmed().size();
                await().until(() -> customers.confirmed().size() >= soFar + 100);
                customers.close();

                requireEventsOfExactlyWhatWasBought(shop);
                assertTrue(shop.bought(run).containsAll(customers.confirmed()), "what was confirmed has been bought");
            }
        } finally {
            database.start();
        }
    }

    @Test
    void acknowledgedEventsAreMarkedWhenTheDatabaseIsBack() {
        assumeTrue(TckSettings.database().equals("postgresql"), "only a database server can be stopped");
        Postgres database = Fixtures.postgres();
        try (ServerProcess server = start(Map.of("posthorn.send-timeout", "PT60S"))) {
            ShopClient shop = new ShopClient(server);
            buy(shop, 0, 1);
            requireAllMarked(shop);
            broker.freeze();
            try {
                IntStream.range(0, 20).forEach(i -> shop.buy(run + "-free-" + i, run + "-free-" + i));
                database.kill();
            } finally {
                broker.thaw();
            }
            Deliveries.await(ORDERS, run + "-free", 20);

            database.start();

            requireAllMarked(shop);
            assertEquals(0, Deliveries.now(ORDERS, run + "-free").repeats(), "marked, not sent again");
        } finally {
            database.start();
        }
    }

    @Test
    void serverThatIsFrozenForLongerThanTheNodeTimeoutLosesNothing() {
        try (ServerProcess server = start(Map.of());
                ServerProcess other = start(Map.of())) {
            ShopClient shop = new ShopClient(server);
            broker.freeze();
            try {
                buy(shop, 0, 20);
                server.freeze();
            } finally {
                broker.thaw();
            }
            Deliveries.await(ORDERS, run, 20);
            buy(new ShopClient(other), 20, 25);
            Deliveries.await(ORDERS, run, 25);

            server.thaw();
            buy(shop, 25, 30);

            assertEquals(ids(30), Deliveries.await(ORDERS, run, 30).of(run));
            requireEventsOfExactlyWhatWasBought(shop);
            assertTrue(server.log().contains("POSTHORN-3001"), "it has noticed that it was declared dead");
        }
    }

    private static ServerProcess start(Map<String, String> configuration) {
        return ServerProcess.of("crash", archive, configuration).start();
    }

    /** All with one key. */
    private void buy(ShopClient shop, int from, int to) {
        IntStream.range(from, to).forEach(i -> assertTrue(shop.buy(id(i), run)));
    }

    private String id(int number) {
        return "%s-%06d".formatted(run, number);
    }

    private List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(this::id).toList();
    }

    private void requireAllMarked(ShopClient shop) {
        await().until(() -> shop.undelivered(run) == 0);
    }

    private void requireEventsOfExactlyWhatWasBought(ShopClient shop) {
        Set<String> bought = shop.bought(run);
        Deliveries.await(ORDERS, run, bought.size());
        requireAllMarked(shop);
        Deliveries deliveries = Deliveries.now(ORDERS, run);

        assertEquals(bought, deliveries.texts());
        deliveries
                .firsts()
                .forEach((key, texts) -> assertEquals(List.copyOf(new TreeSet<>(texts)), texts, "order of key " + key));
        System.out.printf(
                "TCK: %d of %d deliveries were repeats%n",
                deliveries.repeats(), deliveries.repeats() + deliveries.events());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(180));
    }
}
