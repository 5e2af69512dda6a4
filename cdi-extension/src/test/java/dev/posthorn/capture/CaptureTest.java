package dev.posthorn.capture;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.IntegrationEvents;
import dev.posthorn.NoActiveTransactionException;
import dev.posthorn.config.MapConfig;
import dev.posthorn.config.NoTransaction;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.store.CurrentTransaction;
import dev.posthorn.store.FakeRelay;
import dev.posthorn.store.FakeTransactions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which events are published, and in which order, by when {@code fire} begins and ends. */
class CaptureTest {

    @IntegrationEvent(channel = "channel", topic = "placed")
    record Placed(String name) {}

    @IntegrationEvent(channel = "channel", topic = "paid")
    record Paid(String name) {}

    record Nothing() {}

    private final FakeTransactions transactions = new FakeTransactions();
    private final FakeRelay relay = new FakeRelay();
    private final Capture capture = capture(NoTransaction.REJECT);

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void anEventIsPublishedWhenItsTransactionCommits() {
        transactions.begin();
        fire(new Placed("a"));
        transactions.commit();

        awaitSent("placed");
    }

    @Test
    void anEventWhoseFireThrewIsNotPublished() {
        transactions.begin();
        capture.fireBegins(new Placed("an observer of it throws"));
        fire(new Paid("a"));
        transactions.commit();

        assertEquals(List.of("paid"), relay.appended);
    }

    /** Although the reaction's fire ends first. */
    @Test
    void whatAnObserverFiresComesAfterWhatItReactsTo() {
        Placed cause = new Placed("a");
        transactions.begin();
        capture.fireBegins(cause);
        fire(new Paid("a"));
        capture.fireEnds(cause);
        transactions.commit();

        assertEquals(List.of("placed", "paid"), relay.appended);
    }

    @Test
    void noHeaderHasTheNameOfAnAttributeOnAnyConnector() {
        IntegrationEvents events =
                new PublishingIntegrationEvents(capture, (channel, message) -> CompletableFuture.completedFuture(null));
        IntegrationEvents.Draft draft = events.draft(new Placed("a"));
        for (String name : List.of(
                "ce_id",
                "CE_x",
                "content-type",
                "Content-Type",
                "posthornreplayof",
                "cloudEvents_id",
                "cloudevents:id",
                "CLOUDEVENTS_TYPE",
                "cloudEvents:")) {
            assertThrows(IllegalArgumentException.class, () -> draft.header(name, "forged"), name);
        }
        for (String name : List.of("tenant", "ce", "x-ce_id", "cloudEvents", "cloudEvents-id", "traceparent")) {
            assertSame(draft, draft.header(name, "value"), name);
        }
    }

    @Test
    void oneObjectFiredTwiceIsTwoEvents() {
        Placed twice = new Placed("a");
        transactions.begin();
        fire(twice);
        fire(twice);
        transactions.commit();

        assertEquals(List.of("placed", "placed"), relay.appended);
    }

    @Test
    void otherEventsOfTheApplicationAreLeftAlone() {
        fire(new Nothing());
        capture.firedAsync(new Nothing());

        assertEquals(List.of(), relay.appended);
    }

    @Test
    void whatIsFiredInATransactionThatRollsBackSharesItsFate() {
        transactions.begin();
        transactions.setRollbackOnly();
        fire(new Placed("a"));
        assertThrows(IllegalStateException.class, transactions::commit);

        assertEquals(List.of(), relay.appended);
    }

    @Test
    void withoutATransactionFireThrowsBeforeAnyObserverIsCalled() {
        assertThrows(NoActiveTransactionException.class, () -> capture.fireBegins(new Placed("a")));
        assertThrows(NoActiveTransactionException.class, () -> capture.firedAsync(new Placed("a")));
    }

    @Test
    void withoutATransactionAnEventGetsOneOfItsOwnIfThatIsConfigured() {
        Capture lenient = capture(NoTransaction.NEW);
        Placed event = new Placed("a");

        lenient.fireBegins(event);
        assertEquals(List.of(), relay.appended, "an observer may still throw");
        lenient.fireEnds(event);
        lenient.firedAsync(new Paid("a"));

        awaitSent("placed", "paid");
    }

    /** It is no error of the virtual machine but of the event. */
    @Test
    void anEventThatRefersToItselfIsNotPublishable() {
        transactions.begin();

        EventNotPublishableException failure =
                assertThrows(EventNotPublishableException.class, () -> capture.fireBegins(new Placed("endless")));

        assertEquals(
                StackOverflowError.class, requireNonNull(failure.getCause()).getClass());
    }

    private void fire(Object event) {
        capture.fireBegins(event);
        capture.fireEnds(event);
    }

    private void awaitSent(String... topics) {
        Awaitility.await().untilAsserted(() -> assertEquals(List.of(topics), relay.sent));
    }

    private Capture capture(NoTransaction noTransaction) {
        return new Capture(
                new PublishedTypes(MapConfig.of(), Set.of("channel"), SerializerRules.UNKNOWN),
                new Envelopes(new Names(), "test", Clock.systemUTC()),
                new CurrentTransaction(transactions),
                relay.storing(transactions),
                noTransaction,
                task -> {
                    transactions.begin();
                    task.run();
                    transactions.commit();
                });
    }

    private static final class Names implements EventSerializer {

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public byte[] serialize(Object event) {
            return (event.equals(new Placed("endless")) ? endless(event) : event.toString())
                    .getBytes(StandardCharsets.UTF_8);
        }

        @SuppressWarnings("InfiniteRecursion") // what a serializer does with an event that refers to itself
        private static String endless(Object event) {
            return endless(event) + event;
        }

        @Override
        public <T> T deserialize(byte[] data, @Nullable String contentType, Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
