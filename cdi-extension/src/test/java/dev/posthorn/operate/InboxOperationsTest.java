package dev.posthorn.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.LogLines;
import dev.posthorn.Stub;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedId;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.RepetitionCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InboxOperationsTest {

    private final FakeInboxOperatorStore store = new FakeInboxOperatorStore();
    private final LogLines log = new LogLines("dev.posthorn.operator");
    private final List<String> told = new ArrayList<>();

    private final LocalInbox inbox = new LocalInbox(
            "warehouse",
            (channel, keys) -> told.add(channel + " " + new TreeSet<>(keys) + " after " + store.changes.size()),
            () -> List.of(new RepetitionCount("orders", 2, Optional.of(new ReceivedId("/sender", "a")))),
            Set.of("orders", "invoices"));

    private final InboxOperations operations =
            new InboxOperations(() -> inbox, () -> store, channelsOnly(), () -> "Ada");

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void whatTheInboxHasDroppedCanBeSeen() {
        assertEquals(
                List.of(new RepetitionCount("orders", 2, Optional.of(new ReceivedId("/sender", "a")))),
                operations.repetitions());
    }

    @Test
    void deadAndDelayedEventsAreRequeuedAndTheInboxIsToldOfTheirKeys() {
        store.add("orders", ReceivedState.DEAD, "a");
        store.add("orders", ReceivedState.DELAYED, "b");
        store.add("orders", ReceivedState.PARKED, "c");
        store.add("orders", ReceivedState.DISCARDED, "d");
        store.add("orders", ReceivedState.HANDLED, "e");
        store.add("invoices", ReceivedState.DEAD, null);

        assertEquals(3, operations.requeue(ReceivedFilter.all()));

        assertEquals(List.of("requeue 3 of [warehouse] if [DELAYED, DEAD]"), store.changes);
        Collections.sort(told);
        assertEquals(List.of("invoices [] after 1", "orders [a, b] after 1"), told);
        assertEquals(List.of("POSTHORN-4021 Ada requeued 3 received events: all received events."), log.take());
    }

    @Test
    void parkedAndDiscardedEventsAreRequeuedWhereTheyAreNamed() {
        ReceivedId parked = store.add("orders", ReceivedState.PARKED, "d");
        store.add("orders", ReceivedState.DISCARDED, "e");

        assertEquals(0, operations.requeue(ReceivedFilter.all().channel("orders")));
        assertEquals(1, operations.requeue(ReceivedFilter.all().states(ReceivedState.DISCARDED)));
        assertEquals(1, operations.requeue(ReceivedFilter.all().ids(parked)));
        assertEquals(1, operations.skip(ReceivedFilter.all().ids(parked)));
        assertEquals(0, operations.skip(ReceivedFilter.all().channel("orders")));
    }

    @Test
    void aChannelThatIsNotThereIsNamedWithThoseThatAre() {
        ReceivedFilter filter = ReceivedFilter.all().channel("ordres");
        for (Executable call : List.<Executable>of(
                () -> operations.park("ordres", "a"),
                () -> operations.release("ordres", "a"),
                () -> operations.requeue(filter),
                () -> operations.skip(filter),
                () -> operations.discard(filter),
                () -> operations.forget(filter),
                () -> operations.counts(filter),
                () -> operations.list(filter, 1))) {
            String message = String.valueOf(
                    assertThrows(IllegalArgumentException.class, call).getMessage());
            assertTrue(message.startsWith("POSTHORN-4031 There is no channel 'ordres'"), message);
            assertTrue(message.endsWith("The channels are: invoices, orders."), message);
        }
        assertEquals(List.of(), log.take());
    }

    @Test
    void whatIsLeftOfAChannelCanBeDealtWith() {
        store.add("former", ReceivedState.DEAD, "a");

        assertEquals(1, operations.discard(ReceivedFilter.all().channel("former")));
    }

    /** A page on which nothing is ticked means nothing. */
    @Test
    void noIdsAndNoStatesAreNoEvents() {
        store.add("orders", ReceivedState.DEAD, "a");
        store.add("orders", ReceivedState.HANDLED, "b");
        for (ReceivedFilter none : List.of(
                ReceivedFilter.all().states(ReceivedState.DEAD).ids(List.of()),
                ReceivedFilter.all().ids(new ReceivedId[0]).states(ReceivedState.HANDLED),
                ReceivedFilter.all().states(List.of()))) {
            assertEquals(0, operations.requeue(none));
            assertEquals(0, operations.skip(none));
            assertEquals(0, operations.discard(none));
            assertEquals(0, operations.forget(none));
            assertEquals(List.of(), operations.list(none, 10).events());
            assertEquals(List.of(), operations.counts(none));
        }
        assertEquals(List.of(), store.changes);
        assertEquals(
                "POSTHORN-4021 Ada requeued 0 received events: no received events.",
                log.take().get(0));
    }

    @Test
    void allPagesAreDoneBeforeOthersOfTheirKeysGoOn() {
        for (int i = 0; i < 2 * Bulk.PAGE + 1; i++) {
            store.add("orders", ReceivedState.WAITING, "a");
        }

        assertEquals(2 * Bulk.PAGE + 1, operations.discard(ReceivedFilter.all().key("a")));
        assertEquals(List.of("orders [a] after 3"), told);
        assertEquals(List.of("POSTHORN-4023 Ada discarded 401 received events: key a."), log.take());
    }

    @Test
    void aFailureInTheMiddleIsLoggedWithWhatWasDoneAndThatGoesOn() {
        for (int i = 0; i < 2 * Bulk.PAGE; i++) {
            store.add("orders", ReceivedState.DEAD, "a");
        }
        store.changesUntilBroken = 1;

        assertThrows(IllegalStateException.class, () -> operations.requeue(ReceivedFilter.all()));
        assertEquals(List.of("orders [a] after 1"), told);
        assertEquals(
                List.of("POSTHORN-4021 Ada requeued 200 received events, then that failed"
                        + " (java.lang.IllegalStateException: broken): all received events."),
                log.take());
    }

    @Test
    void nothingIsDiscardedOrForgottenByMistake() {
        for (ReceivedState state : ReceivedState.values()) {
            store.add("orders", state, null);
        }

        assertThrows(IllegalArgumentException.class, () -> operations.discard(ReceivedFilter.all()));
        assertThrows(IllegalArgumentException.class, () -> operations.forget(ReceivedFilter.all()));
        assertEquals(6, operations.discard(ReceivedFilter.unhandled()));
        assertEquals(2, operations.forget(ReceivedFilter.all().states(EnumSet.allOf(ReceivedState.class))));
        assertEquals(1, operations.forget(ReceivedFilter.all().states(ReceivedState.HANDLED)));
        assertEquals(
                "POSTHORN-4026 Ada had the inbox forget 2 received events",
                log.take().get(1).split(":")[0]);
    }

    /** Otherwise what is handled again at once would be found again, without end. */
    @Test
    void whatComesToItsEndAgainIsLeftAlone() {
        store.add("orders", ReceivedState.DISCARDED, null);

        operations.requeue(ReceivedFilter.all().states(ReceivedState.DISCARDED));
        assertEquals(
                FakeInboxOperatorStore.NOW.plusMillis(1), store.filters.get(0).settledUntil());

        Instant earlier = FakeInboxOperatorStore.NOW.minusSeconds(9);
        operations.forget(ReceivedFilter.all().settled(null, earlier));
        assertEquals(earlier, store.filters.get(1).settledUntil());
    }

    @Test
    void aKeyIsParkedAndReleasedToItsLast() {
        store.inKey = 500;
        assertEquals(500, operations.park("orders", "a"));
        assertTrue(told.isEmpty());

        store.inKey = 400;
        assertEquals(400, operations.release("orders", "a"));
        assertEquals(List.of("orders [a] after 0"), told);
        assertEquals(
                List.of(
                        "POSTHORN-4024 Ada parked 500 received events of channel 'orders', key 'a'.",
                        "POSTHORN-4025 Ada released 400 received events of channel 'orders', key 'a'."),
                log.take());
    }

    @Test
    void listsAreOfTheConsumerAndBounded() {
        operations.inspect(new ReceivedId("/shop", "1"));
        assertEquals(List.of("find InboxId[consumer=warehouse, source=/shop, id=1]"), store.changes);
        assertThrows(IllegalArgumentException.class, () -> operations.list(ReceivedFilter.all(), 0));
    }

    @Test
    void channelsArePausedAsThoseOfTheOutbox() {
        assertTrue(operations.pause("orders"));
        assertTrue(operations.resume("orders"));
        assertEquals(List.of("pause", "resume"), told);
    }

    private OutboxOperator channelsOnly() {
        return Stub.of(OutboxOperator.class, (method, arguments) -> told.add(method));
    }
}
