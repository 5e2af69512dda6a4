package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvents;
import dev.posthorn.NoActiveTransactionException;
import dev.posthorn.Outbox;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.capture.Basket;
import dev.posthorn.tck.capture.FiringBean;
import dev.posthorn.tck.capture.FiringEjb;
import dev.posthorn.tck.capture.Observers;
import dev.posthorn.tck.capture.Reaction;
import dev.posthorn.tck.capture.Sale;
import dev.posthorn.tck.capture.Shapes;
import dev.posthorn.tck.capture.Signal;
import dev.posthorn.tck.capture.Signal.Request;
import dev.posthorn.tck.library.FiredByBeanManager;
import dev.posthorn.tck.library.Injected;
import dev.posthorn.tck.library.InjectedIntoEjb;
import dev.posthorn.tck.library.NeverSeen;
import dev.posthorn.tck.library.Selected;
import dev.posthorn.tck.shop.Caller;
import dev.posthorn.tck.shop.Shop;
import dev.posthorn.tck.shop.TransactionalBean;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is fired is captured: once, as it was, whatever its class is and however it is fired. */
@ExtendWith(ArquillianExtension.class)
@Tag("everywhere")
public class CaptureIT {

    private final Topic topic = new Topic("capture");

    @Inject
    private Event<Object> anyEvent;

    @Inject
    private IntegrationEvents integrationEvents;

    @Inject
    private FiringBean bean;

    @Inject
    private FiringEjb ejb;

    @Inject
    private Observers observers;

    @Inject
    private Shop shop;

    @Inject
    private TransactionalBean transactional;

    @Inject
    private Basket basket;

    @Inject
    @Outbox
    private EntityManager em;

    @Deployment
    public static WebArchive archive() {
        return TckArchive.named("capture")
                .withPosthorn()
                .withPackageOf(Shop.class)
                .withPackageOf(Shapes.class)
                .withLibraryOf(
                        Injected.class,
                        InjectedIntoEjb.class,
                        Selected.class,
                        FiredByBeanManager.class,
                        NeverSeen.class)
                .with(Topic.class)
                .events("posthorn", "capture", "orders")
                .property("posthorn.schema", "create")
                .build();
    }

    @Test
    public void eventIsPublishedAsItWasWhenItWasFired() {
        String id = newId();

        transactional.inTransaction(() -> {
            var event = new Shapes.Mutable(id, "as fired");
            anyEvent.fire(event);
            event.setText("changed later");
        });

        assertEquals("{\"text\":\"as fired\"}", topic.awaitOne(id).payload());
    }

    @Test
    public void whatCannotBeSerialisedIsRefusedByFireAndTheTransactionGoesOn() {
        for (Caller caller : Caller.values()) {
            String id = newId();
            caller.inTransaction(() -> {
                shop.buy(id);
                assertThrows(EventNotPublishableException.class, () -> anyEvent.fire(new Shapes.Throwing(id)));
                assertThrows(EventNotPublishableException.class, () -> anyEvent.fire(new Shapes.Endless(id)));
                anyEvent.fire(new Reaction(id));
            });

            assertEquals(List.of("Reaction"), topic.awaitTypes(id, 1));
            assertEquals(1, shop.rows(id).size());
            assertTrue(shop.hasPurchase(id));
        }
    }

    @Test
    public void eventWhoseFireThrewIsNotPublished() {
        for (Caller caller : Caller.values()) {
            String id = newId();

            caller.inTransaction(() -> {
                shop.buy(id);
                assertThrows(IllegalArgumentException.class, () -> anyEvent.fire(new Signal(id, Request.REFUSE)));
                anyEvent.fire(new Reaction(id));
            });

            assertEquals(List.of("Reaction"), topic.awaitTypes(id, 1));
            assertEquals(1, shop.rows(id).size());
            assertTrue(shop.hasPurchase(id));
        }
    }

    @Test
    public void reactionOfAnObserverFollowsWhatItReactsTo() {
        String id = newId();

        transactional.inTransaction(() -> anyEvent.fire(new Signal(id, Request.REACT)));

        assertEquals(List.of("Signal", "Reaction"), topic.awaitTypes(id, 2));
    }

    @Test
    public void reactionIsPublishedEvenIfWhatItReactedToWasRefusedAfterwards() {
        String id = newId();

        transactional.inTransaction(() -> assertThrows(
                IllegalArgumentException.class, () -> anyEvent.fire(new Signal(id, Request.REACT_AND_REFUSE))));

        assertEquals(List.of("Reaction"), topic.awaitTypes(id, 1));
        assertEquals(1, shop.rows(id).size());
    }

    @Test
    public void observersOfTheApplicationAreCalledInTheirPhases() {
        for (Caller caller : Caller.values()) {
            String committed = newId();
            caller.inTransaction(() -> anyEvent.fire(new Signal(committed, Request.NOTHING)));

            assertEquals(List.of("immediately", "before completion", "after success"), observers.callsFor(committed));
            topic.awaitOne(committed);

            String rolledBack = newId();
            assertThrows(
                    RuntimeException.class,
                    () -> caller.inTransaction(() -> {
                        anyEvent.fire(new Signal(rolledBack, Request.NOTHING));
                        throw new IllegalStateException("the business changed its mind");
                    }));

            assertEquals(List.of("immediately", "after failure"), observers.callsFor(rolledBack));
        }
    }

    @Test
    public void whatIsFiredBeforeCompletionIsPublishedInFiringOrder() {
        for (Caller caller : Caller.values()) {
            String id = newId();

            caller.inTransaction(() -> {
                anyEvent.fire(new Signal(id, Request.REACT_BEFORE_COMPLETION));
                anyEvent.fire(new Signal(id, Request.REACT_BEFORE_COMPLETION));
            });

            assertEquals(List.of("Signal", "Signal", "Reaction", "Reaction"), topic.awaitTypes(id, 4));
        }
    }

    @Test
    public void eventIsCapturedOnceHoweverItsClassInherits() {
        String id = newId();
        List<Shapes.Base> events = List.of(
                new Shapes.Base(id), new Shapes.Derived(id), new Shapes.PlainBase(id), new Shapes.PlainDerived(id));
        List<Consumer<Shapes.Base>> ways = List.of(bean::fireAsBase, anyEvent::fire, integrationEvents::publish);

        transactional.inTransaction(() -> ways.forEach(events::forEach));

        List<String> once = List.of("base", "derived", "base", "derived");
        assertEquals(repeated(once, ways.size()), topic.awaitTypes(id, 12));
        assertEquals(12, shop.rows(id).size());
        assertEquals(
                repeated(List.of("base", "base", "derived", "base", "base", "derived"), 2).stream()
                        .sorted()
                        .toList(),
                observers.callsFor(id).stream().sorted().toList());
    }

    @Test
    public void subclassIsPublishedWithAllThatItHas() {
        String id = newId();

        transactional.inTransaction(() -> anyEvent.fire(new Shapes.PlainDerived(id)));

        assertEquals(
                "{\"id\":\"" + id + "\",\"own\":\"of plain derived\"}",
                topic.awaitOne(id).payload());
    }

    @Test
    public void genericRecordIsPublished() {
        String id = newId();

        transactional.inTransaction(() -> bean.fireWrapped(id, "content"));

        assertEquals("wrapped", topic.awaitOne(id).header("ce_type"));
        assertEquals(
                "{\"content\":\"content\",\"id\":\"" + id + "\"}",
                topic.awaitOne(id).payload());
    }

    @Test
    public void typesOfALibraryThatIsNoBeanArchiveArePublished() {
        String id = newId();

        transactional.inTransaction(() -> {
            bean.fireInjected(id);
            bean.fireSelected(id);
            bean.fireByBeanManager(id);
            ejb.fire(id);
            anyEvent.select(NeverSeen.class).fire(new NeverSeen(id));
        });

        assertEquals(
                List.of("Injected", "Selected", "FiredByBeanManager", "InjectedIntoEjb", "NeverSeen"),
                topic.awaitTypes(id, 5));
    }

    @Test
    public void keyIsTheValueOfWhatIsMarked() {
        String id = newId();
        long number = UUID.randomUUID().getMostSignificantBits();

        transactional.inTransaction(() -> {
            anyEvent.fire(new Shapes.KeyedByNumber(number, id));
            anyEvent.fire(new Shapes.KeyedByAccessor(id));
            anyEvent.fire(new Shapes.KeyedByOverridingAccessor(id));
            anyEvent.fire(new Shapes.KeyedByInheritedAnnotation(id));
            anyEvent.fire(new Shapes.KeyedByMethodOfRecord(id, "second"));
        });

        for (String key : List.of(
                Long.toString(number),
                "accessor of " + id,
                "overriding accessor of " + id,
                "inherited accessor of " + id,
                id + "/second")) {
            assertEquals(key, topic.awaitOne(key).header("ce_partitionkey"));
        }
    }

    @Test
    public void eventWithoutKeyIsPublishedWithoutOne() {
        String withNull = newId();
        String withEmpty = newId();
        String withNone = newId();

        transactional.inTransaction(() -> {
            anyEvent.fire(new Shapes.KeyedByNumber(null, withNull));
            anyEvent.fire(new Shapes.KeyedByMethodOfRecord("", withEmpty));
            anyEvent.fire(new Shapes.WithoutKey(withNone));
        });

        for (String text : List.of(withNull, withNone)) {
            assertNull(topic.awaitOneAbout(text).key());
            assertNull(topic.awaitOneAbout(text).header("ce_partitionkey"));
        }
        assertEquals("/" + withEmpty, topic.awaitOneAbout(withEmpty).key());
    }

    @Test
    public void aProxyIsPublishedAsTheObjectBehindIt() {
        String injected = basket.getId();
        String referenced = newId();
        transactional.inTransaction(() -> em.persist(new Sale(referenced, "a")));

        transactional.inTransaction(() -> {
            anyEvent.fire(basket);
            anyEvent.fire(em.getReference(Sale.class, referenced));
        });

        var ofBasket = topic.awaitOne(injected);
        assertEquals("{\"id\":\"" + injected + "\"}", ofBasket.payload());
        assertEquals("Basket", ofBasket.header("ce_type"));
        var ofSale = topic.awaitOne(referenced);
        assertEquals("{\"id\":\"" + referenced + "\",\"text\":\"a\"}", ofSale.payload());
        assertEquals("Sale", ofSale.header("ce_type"));
    }

    @Test
    public void identicalEventsAreEventsOfTheirOwn() {
        String id = newId();
        var event = new Reaction(id);

        transactional.inTransaction(() -> {
            anyEvent.fire(event);
            anyEvent.fire(event);
            anyEvent.fire(new Reaction(id));
        });

        var sent = topic.await(id, 3);
        assertEquals(3, sent.stream().map(one -> one.header("ce_id")).distinct().count());
        assertEquals(3, shop.rows(id).size());
    }

    @Test
    public void withoutTransactionFireThrowsTheRemedyAndObserversAreNotCalled() {
        String id = newId();

        var refusal =
                assertThrows(NoActiveTransactionException.class, () -> anyEvent.fire(new Signal(id, Request.NOTHING)));

        requireText(refusal, "was fired without an active transaction. It was not published.");
        requireText(refusal, "@Transactional");
        requireText(refusal, "posthorn.no-transaction=new");
        assertEquals(List.of(), observers.callsFor(id));
        assertThrows(NoActiveTransactionException.class, () -> integrationEvents.publish(new Reaction(id)));
        assertEquals(List.of(), shop.rows(id));
    }

    @Test
    public void firedAsynchronouslyItsStageFailsWithTheRemedy() {
        String id = newId();

        transactional.inTransaction(() -> {
            var stage = anyEvent.fireAsync(new Signal(id, Request.NOTHING)).toCompletableFuture();
            var failure = assertThrows(CompletionException.class, stage::join);
            var refusal = assertInstanceOf(NoActiveTransactionException.class, onlyCause(failure));
            requireText(refusal, "was fired with fireAsync");
            requireText(refusal, "Use fire inside a transaction");
            requireText(refusal, "posthorn.no-transaction=new");
        });

        assertEquals(List.of(), shop.rows(id));
    }

    @Test
    public void eventsThatAreNotPublishedAreNoneOfOurBusiness() {
        anyEvent.fire(new Shapes.Private("no transaction is needed for this"));
        anyEvent.fireAsync(new Shapes.Private("nor for this"))
                .toCompletableFuture()
                .join();
    }

    /** Specified are the suppressed exceptions, one for each observer that threw. */
    private static Throwable onlyCause(CompletionException failure) {
        List<Throwable> causes = new ArrayList<>(Arrays.asList(failure.getSuppressed()));
        if (causes.isEmpty()) {
            causes.add(failure.getCause());
        }
        assertEquals(1, causes.size(), () -> "observers that threw: " + causes);
        return causes.get(0);
    }

    private static void requireText(Throwable thrown, String text) {
        assertTrue(thrown.getMessage().contains(text), thrown::getMessage);
    }

    private static List<String> repeated(List<String> texts, int times) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.addAll(texts);
        }
        return all;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
