package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.IntegrationEvents;
import dev.posthorn.operator.ChannelBacklog;
import dev.posthorn.operator.EventDetails;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.shop.OrderPlaced;
import dev.posthorn.tck.shop.Shop;
import dev.posthorn.tck.shop.TransactionalBean;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators see what becomes of events, and change it. Each test has a key of its own. */
@ExtendWith(ArquillianExtension.class)
public class OperatorIT {

    private static final String CHANNEL = "posthorn";
    private static final String NARROW = "operator-narrow";
    private static final int NARROW_BYTES = 20_000;
    private static final int WIDE_BYTES = 100_000;
    private static final String TOO_LARGE = "x".repeat(2 * NARROW_BYTES);

    private final BrokerControl broker = new BrokerControl();
    private final Topic orders = new Topic(ImpatientShop.ORDERS);
    private final String key = UUID.randomUUID().toString();
    private final EventFilter ofKey = EventFilter.all().key(key);

    @Inject
    private OutboxOperator operator;

    @Inject
    private IntegrationEvents events;

    @Inject
    private Shop shop;

    @Inject
    private TransactionalBean transactional;

    @Deployment
    public static WebArchive archive() {
        return ImpatientShop.named("operator", NARROW)
                .with(Topic.class)
                .property("posthorn.retry.max-attempts", "1")
                .build();
    }

    @Test
    public void whatIsDeadIsListedWithItsErrorAndInspected() {
        die();

        EventSummary dead =
                operator.list(ofKey.states(EventState.DEAD), 10).events().get(0);
        assertTrue(dead.blocks());
        assertEquals(1, dead.attempts());
        assertTrue(String.valueOf(dead.error()).contains("RecordTooLarge"), dead::error);
        assertEquals(NARROW, dead.topic());

        EventDetails details = operator.inspect(dead.id()).orElseThrow();
        assertTrue(new String(details.data(), StandardCharsets.UTF_8).contains(TOO_LARGE));
        assertEquals(
                1,
                operator.counts(ofKey).stream()
                        .filter(count -> count.state() == EventState.DEAD)
                        .mapToLong(count -> count.count())
                        .sum());
    }

    @Test
    public void listsComeInPages() {
        placeAll(5);
        await().until(() ->
                operator.list(ofKey.states(EventState.DELIVERED), 10).events().size() == 5);

        EventPage first = operator.list(ofKey, 3);
        EventPage second = operator.list(ofKey, first.next().orElseThrow(), 3);
        assertEquals(3, first.events().size());
        assertEquals(2, second.events().size());
    }

    @Test
    public void requeuedItIsDeliveredAndThenItsKeyGoesOn() {
        die();
        place("after");
        awaitState(EventState.WAITING, 1);
        assertEquals(List.of(), orders.of(key));

        broker.limitRecords(NARROW, WIDE_BYTES);
        assertEquals(1, operator.requeue(ofKey));

        assertEquals(List.of(TOO_LARGE), Deliveries.await(NARROW, key, 1).of(key));
        orders.await(key, 1);
        awaitState(EventState.DELIVERED, 2);
    }

    @Test
    public void skippedItStaysAndItsKeyGoesOn() {
        die();
        place("after");
        awaitState(EventState.WAITING, 1);

        assertEquals(1, operator.skip(ofKey));

        orders.await(key, 1);
        EventSummary dead =
                operator.list(ofKey.states(EventState.DEAD), 10).events().get(0);
        assertFalse(dead.blocks());
    }

    @Test
    public void discardedItIsNeverSentAndItsKeyGoesOn() {
        die();
        place("after");
        awaitState(EventState.WAITING, 1);

        assertEquals(1, operator.discard(ofKey.states(EventState.DEAD)));

        orders.await(key, 1);
        awaitState(EventState.DISCARDED, 1);
        assertEquals(List.of(), new Topic(NARROW).of(key));
    }

    @Test
    public void aParkedKeyIsHeldBackUntilItIsReleased() {
        die();
        assertEquals(1, operator.park(CHANNEL, key));
        placeAll(3);
        awaitState(EventState.PARKED, 4);
        assertEquals(
                1,
                operator.discard(
                        ofKey.type("OrderPlaced").ids(idsIn(EventState.PARKED).get(0))));

        assertEquals(3, operator.release(CHANNEL, key));

        assertEquals(List.of("0", "1", "2"), texts(orders.await(key, 3)));
        awaitState(EventState.DELIVERED, 3);
    }

    @Test
    public void whatWasDeliveredIsReplayedInItsOrder() {
        placeAll(3);
        awaitState(EventState.DELIVERED, 3);

        assertEquals(3, operator.replay(ofKey));

        List<BrokerRecord> records = orders.await(key, 6);
        assertEquals(List.of("0", "1", "2", "0", "1", "2"), texts(records));
        for (int i = 0; i < 3; i++) {
            BrokerRecord repeated = records.get(3 + i);
            assertEquals(records.get(i).header("ce_id"), repeated.header("ce_posthornreplayof"));
            assertFalse(records.get(i).header("ce_id").equals(repeated.header("ce_id")));
        }
    }

    @Test
    public void whatWasDeliveredIsReplayedAsItself() {
        placeAll(1);
        awaitState(EventState.DELIVERED, 1);

        assertEquals(1, operator.replayWithSameIds(ofKey));

        List<BrokerRecord> records = orders.await(key, 2);
        assertEquals(records.get(0).header("ce_id"), records.get(1).header("ce_id"));
        awaitState(EventState.DELIVERED, 1);
    }

    @Test
    public void aPausedChannelSendsNothingUntilItIsResumed() {
        assertTrue(operator.pause(CHANNEL));
        try {
            assertEquals(CHANNEL, operator.paused().get(0).channel());
            placeAll(3);
            assertFalse(operator.drain(Set.of(CHANNEL), Duration.ofSeconds(3)), "what is paused is not drained");
            assertEquals(List.of(), orders.of(key));
            ChannelBacklog backlog = operator.backlog().get(0);
            assertEquals(CHANNEL, backlog.channel());
            assertTrue(backlog.oldest().compareTo(Duration.ofSeconds(3)) >= 0, backlog::toString);
            assertTrue(backlog.ownersLive());
        } finally {
            assertTrue(operator.resume(CHANNEL));
        }

        assertEquals(List.of("0", "1", "2"), texts(orders.await(key, 3)));
        assertTrue(operator.drain(Duration.ofSeconds(60)));
        assertEquals(List.of(), operator.backlog());
    }

    /** One event that its topic is too narrow for. */
    private void die() {
        broker.limitRecords(NARROW, NARROW_BYTES);
        transactional.inTransaction(() ->
                events.draft(new OrderPlaced(key, TOO_LARGE)).topic(NARROW).publish());
        awaitState(EventState.DEAD, 1);
    }

    private void placeAll(int count) {
        transactional.inTransaction(() -> {
            for (int i = 0; i < count; i++) {
                shop.place(key, Integer.toString(i));
            }
        });
    }

    private void place(String text) {
        transactional.inTransaction(() -> shop.place(key, text));
    }

    private void awaitState(EventState state, int count) {
        await().until(() -> idsIn(state).size() == count);
    }

    private List<UUID> idsIn(EventState state) {
        return operator.list(ofKey.states(state), 100).events().stream()
                .map(EventSummary::id)
                .toList();
    }

    private static List<String> texts(List<BrokerRecord> records) {
        return records.stream()
                .map(sent -> sent.payload().replaceAll(".*\"text\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(120));
    }
}
