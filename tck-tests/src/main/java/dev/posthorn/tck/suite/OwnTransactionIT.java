package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvents;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.capture.Observers;
import dev.posthorn.tck.capture.Reaction;
import dev.posthorn.tck.capture.Shapes;
import dev.posthorn.tck.capture.Signal;
import dev.posthorn.tck.capture.Signal.Request;
import dev.posthorn.tck.library.FiredByBeanManager;
import dev.posthorn.tck.shop.Caller;
import dev.posthorn.tck.shop.Shop;
import dev.posthorn.tck.shop.TransactionalBean;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With {@code posthorn.no-transaction=new} an event that no transaction carries gets one of its own. */
@ExtendWith(ArquillianExtension.class)
public class OwnTransactionIT {

    private final Topic topic = new Topic("capture");

    @Inject
    private Event<Object> events;

    @Inject
    private IntegrationEvents integrationEvents;

    @Inject
    private Observers observers;

    @Inject
    private Shop shop;

    @Inject
    private TransactionalBean transactional;

    @Deployment
    public static WebArchive archive() {
        return TckArchive.named("own-transaction")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .withPackageOf(Shapes.class)
                .withPackageOf(FiredByBeanManager.class)
                .with(Topic.class)
                .events("posthorn", "capture", "orders")
                .property("posthorn.no-transaction", "new")
                .property("posthorn.application", "my shop")
                .property("posthorn.schema", "create")
                .build();
    }

    @Test
    public void firedWithoutTransactionItIsStoredInOneOfItsOwnAndRelayed() {
        String id = newId();

        events.fire(new Signal(id, Request.NOTHING));

        assertEquals(1, shop.rows(id).size(), "rows as soon as fire returns");
        assertEquals("Signal", topic.awaitOne(id).header("ce_type"));
        assertTrue(observers.callsFor(id).contains("immediately"));
    }

    @Test
    public void firedAsynchronouslyItIsStoredBeforeItsStageCompletes() throws Exception {
        String id = newId();

        events.fireAsync(new Signal(id, Request.NOTHING)).toCompletableFuture().get(60, TimeUnit.SECONDS);

        assertEquals(1, shop.rows(id).size());
        assertEquals("Signal", topic.awaitOne(id).header("ce_type"));
        assertEquals(List.of("asynchronously"), observers.callsFor(id));
    }

    @Test
    public void publishedWithoutTransactionAllShareOne() {
        String id = newId();

        integrationEvents.publishAll(List.of(new Reaction(id), new Signal(id, Request.NOTHING)));
        assertThrows(
                EventNotPublishableException.class,
                () -> integrationEvents.publishAll(List.of(new Reaction(id), new Shapes.Throwing(id))));

        assertEquals(2, shop.rows(id).size());
        assertEquals(List.of("Reaction", "Signal"), topic.awaitTypes(id, 2));
    }

    @Test
    public void eventWhoseFireThrewIsNotPublished() {
        String id = newId();

        assertThrows(IllegalArgumentException.class, () -> events.fire(new Signal(id, Request.REFUSE)));
        assertThrows(EventNotPublishableException.class, () -> events.fire(new Shapes.Throwing(id)));

        assertEquals(List.of(), shop.rows(id));
    }

    @Test
    public void transactionsThatThereAreDecideAsEver() {
        for (Caller caller : Caller.values()) {
            String rolledBack = newId();
            assertThrows(
                    RuntimeException.class,
                    () -> caller.inTransaction(() -> {
                        events.fire(new Signal(rolledBack, Request.REACT));
                        assertEquals(List.of(), shop.rows(rolledBack));
                        throw new IllegalStateException("the business changed its mind");
                    }));
            assertEquals(List.of(), shop.rows(rolledBack));

            String committed = newId();
            caller.inTransaction(() -> {
                shop.buy(committed);
                events.fire(new Signal(committed, Request.REACT));
            });
            assertEquals(List.of("Signal", "Reaction"), topic.awaitTypes(committed, 2));
            assertTrue(shop.hasPurchase(committed));
        }
    }

    @Test
    public void nameThatIsNoUriMakesAProperSource() {
        String id = newId();

        events.fire(new Reaction(id));

        assertEquals("/my%20shop", topic.awaitOne(id).header("ce_source"));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
