package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotStoredException;
import dev.posthorn.IntegrationEvents;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.shop.Caller;
import dev.posthorn.tck.shop.OrderPaid;
import dev.posthorn.tck.shop.OrderPlaced;
import dev.posthorn.tck.shop.Shop;
import dev.posthorn.tck.shop.TransactionalBean;
import jakarta.annotation.Resource;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An event shares the fate of the transaction it was fired in: whoever began that, whatever the EntityManager has done before, and at
 * whatever moment the event is fired.
 */
@Tag("variants")
@Tag("database")
@ExtendWith(ArquillianExtension.class)
@Tag("everywhere")
public class TransactionsIT {

    private final Topic topic = new Topic("orders");

    @Inject
    private Shop shop;

    @Inject
    private Event<Object> anyEvent;

    @Inject
    private IntegrationEvents integrationEvents;

    @Inject
    private TransactionalBean transactional;

    @Inject
    @ConfigProperty(name = "tck.database")
    private String database;

    @Resource
    private TransactionSynchronizationRegistry transaction;

    @Deployment
    public static WebArchive archive() {
        return TckArchive.named("transactions")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .with(Topic.class)
                .events("posthorn", "orders")
                .property("posthorn.schema", "create")
                .build();
    }

    @Test
    public void committedEventIsFoundOnKafka() {
        forEachCaller((caller, id) -> {
            caller.inTransaction(() -> {
                shop.buy(id);
                shop.place(id, "hello");
            });

            BrokerRecord sent = topic.awaitOne(id);
            assertEquals("OrderPlaced", sent.header("ce_type"));
            assertTrue(shop.hasPurchase(id));
        });
    }

    @Test
    public void eventIsStoredInTheTransactionAndOnTheConnectionOfTheBusinessData() {
        if (!database.equals("postgresql")) {
            // No other database tells which transaction inserted a row; and an assumption fails inside a server.
            return;
        }
        shop.rememberInserters();
        forEachCaller((caller, id) -> {
            caller.inTransaction(() -> {
                shop.buy(id);
                shop.place(id, "first");
                shop.place(id, "second");
            });

            List<String> inserters = shop.inserters(id);
            assertEquals(3, inserters.size());
            assertEquals(1, Set.copyOf(inserters).size(), "inserted by " + inserters);
        });
    }

    @Test
    public void rollbackRelaysNothing() {
        forEachCaller((caller, id) -> {
            assertThrows(
                    RuntimeException.class,
                    () -> caller.inTransaction(() -> {
                        shop.buy(id);
                        shop.place(id, "never");
                        shop.flush();
                        throw new IllegalStateException("the business changed its mind");
                    }));

            assertFalse(shop.hasPurchase(id));
            assertEquals(List.of(), shop.rows(id));
            requireNothingSent(id);
        });
    }

    @Test
    public void eventFiredAfterSetRollbackOnlySharesItsFate() {
        forEachCaller((caller, id) -> {
            try {
                caller.inTransaction(() -> {
                    shop.buy(id);
                    transaction.setRollbackOnly();
                    shop.place(id, "never");
                });
            } catch (Exception e) {
                // Some callers are told that the commit they asked for was a rollback, others are not.
            }

            assertFalse(shop.hasPurchase(id));
            requireNothingSent(id);
        });
    }

    @Test
    public void failingStoreRollsTheBusinessDataBackAndTheCallerSeesTheCause() throws Exception {
        String refused = newId();
        shop.refuseTopic(refused);
        forEachCaller((caller, id) -> {
            // WildFly's @Transactional throws the checked RollbackException.
            Exception failure = assertThrows(
                    Exception.class,
                    () -> caller.inTransaction(() -> {
                        shop.buy(id);
                        integrationEvents
                                .draft(new OrderPlaced(id, "can't be stored"))
                                .topic(refused)
                                .publish();
                    }));

            List<Throwable> chain = causes(failure);
            assertTrue(
                    chain.stream().anyMatch(EventNotStoredException.class::isInstance),
                    "caller " + caller + " saw " + chain);
            assertFalse(shop.hasPurchase(id));
            requireNothingSent(id);
        });
    }

    @Test
    public void eventFiredInTheFlushIsNotLost() {
        for (String moment : List.of("PrePersist", "PostPersist")) {
            forEachCaller((caller, id) -> {
                caller.inTransaction(() -> shop.buy(id, "fire in " + moment));

                assertEquals(moment, textOf(topic.awaitOne(id)));
                assertTrue(shop.hasPurchase(id));
            });
        }
        for (String moment : List.of("PreUpdate", "PostUpdate")) {
            forEachCaller((caller, id) -> {
                caller.inTransaction(() -> shop.buy(id));

                caller.inTransaction(() -> shop.change(id, "fire in " + moment));

                assertEquals(moment, textOf(topic.awaitOne(id)));
            });
        }
    }

    @Test
    public void eventFiredInTheFlushFollowsThoseFiredBefore() {
        forEachCaller((caller, id) -> {
            caller.inTransaction(() -> {
                shop.place(id, "first");
                shop.buy(id, "fire in PostPersist");
                shop.place(id, "second");
            });

            assertEquals(List.of("first", "second", "PostPersist"), texts(id, 3));
        });
    }

    @Test
    public void entityManagerThatHasBeenFlushedIsNotFlushedAgain() {
        forEachCaller((caller, id) -> {
            caller.inTransaction(() -> {
                shop.place(id, "before");
                shop.buy(id, "fire in PostPersist");
                shop.flush();
                shop.place(id, "after");
            });

            assertEquals(List.of("before", "PostPersist", "after"), texts(id, 3));
            assertTrue(shop.hasPurchase(id));
        });
    }

    @Test
    public void transactionWithoutAnyOtherWorkCanPublish() {
        forEachCaller((caller, id) -> {
            caller.inTransaction(() -> shop.place(id, "nothing but this"));

            topic.awaitOne(id);
        });
    }

    @Test
    public void severalTypesInOneTransactionKeepFiringOrder() {
        forEachCaller((caller, id) -> {
            caller.inTransaction(() -> {
                for (int i = 0; i < 20; i++) {
                    anyEvent.fire(i % 2 == 0 ? new OrderPlaced(id, "" + i) : new OrderPaid(id, "" + i));
                }
            });

            assertEquals(IntStream.range(0, 20).mapToObj(Integer::toString).toList(), texts(id, 20));
        });
    }

    @Test
    public void thousandEventsOfOneTransactionKeepFiringOrder() {
        String id = newId();

        transactional.inTransaction(() -> IntStream.range(0, 1000).forEach(i -> shop.place(id, "" + i)));

        assertEquals(IntStream.range(0, 1000).mapToObj(Integer::toString).toList(), texts(id, 1000));
    }

    @Test
    public void innerTransactionsFateIsItsOwn() {
        String kept = newId();
        String lost = newId();

        assertThrows(
                IllegalStateException.class,
                () -> transactional.inTransaction(() -> {
                    shop.place(lost, "outer");
                    transactional.inNewTransaction(() -> shop.place(kept, "inner"));
                    throw new IllegalStateException("only the outer one");
                }));
        topic.awaitOne(kept);
        requireNothingSent(lost);

        String outer = newId();
        String inner = newId();
        transactional.inTransaction(() -> {
            shop.place(outer, "outer");
            assertThrows(
                    IllegalStateException.class,
                    () -> transactional.inNewTransaction(() -> {
                        shop.place(inner, "inner");
                        throw new IllegalStateException("only the inner one");
                    }));
        });
        topic.awaitOne(outer);
        requireNothingSent(inner);
    }

    @Test
    public void successiveTransactionsOfOneKeyKeepTheirOrder() {
        String id = newId();

        for (int i = 0; i < 200; i++) {
            String text = "" + i;
            transactional.inTransaction(() -> shop.place(id, text));
        }

        assertEquals(IntStream.range(0, 200).mapToObj(Integer::toString).toList(), texts(id, 200));
    }

    /** What is sent after it arrives, so what would have been sent has had its chance. */
    private void requireNothingSent(String id) {
        String sentinel = newId();
        transactional.inTransaction(() -> shop.place(sentinel, "sentinel"));
        topic.awaitOne(sentinel);
        assertEquals(List.of(), topic.of(id));
    }

    private List<String> texts(String id, int count) {
        List<BrokerRecord> records = topic.await(id, count);
        assertEquals(count, records.size());
        return records.stream().map(TransactionsIT::textOf).toList();
    }

    private static String textOf(BrokerRecord sent) {
        return sent.payload().replaceFirst(".*\"text\":\"([^\"]*)\".*", "$1");
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private static void forEachCaller(CallerTest test) {
        Stream.of(Caller.values()).forEach(caller -> test.run(caller, caller + "-" + newId()));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private interface CallerTest {

        void run(Caller caller, String id);
    }
}
