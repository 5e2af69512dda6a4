package dev.posthorn.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.LogLines;
import dev.posthorn.node.Membership;
import dev.posthorn.node.ThisNode;
import dev.posthorn.operator.ChannelBacklog;
import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore.Backlog;
import dev.posthorn.watch.StoreWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OperationsTest {

    private static final Node NODE = new Node("node", "shop");

    private final FakeOperatorStore store = new FakeOperatorStore();
    private final List<String> told = new ArrayList<>();
    private long news;
    private final LogLines log = new LogLines("dev.posthorn.operator");

    private final Membership membership = new ThisNode(NODE);

    private final LocalRelay relay = new LocalRelay() {
        @Override
        public Set<String> channels() {
            return Set.of("orders", "invoices");
        }

        @Override
        public Set<String> sending() {
            return Set.of("orders", "invoices", "broken");
        }

        @Override
        public Set<String> receiving() {
            return Set.of("parcels");
        }

        @Override
        public void lookAgain(String channel, Collection<String> keys) {
            told.add(channel + " " + new TreeSet<>(keys));
        }

        @Override
        public void suspend(Set<String> channels) {
            told.add("suspend " + new TreeSet<>(channels));
        }
    };

    private final StoreWatch watch = new StoreWatch(System::nanoTime);
    private final Pauses pauses = new Pauses(() -> Optional.of(store), membership, relay, () -> news, watch);
    private final Operations operations = new Operations(
            () -> store, membership, relay, pauses, () -> told.add("notice"), UUID::randomUUID, () -> "Ada");

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void deadAndDelayedEventsAreRequeuedAndTheRelayIsToldOfTheirKeys() {
        store.add("orders", EventState.DEAD, "a", 1);
        store.add("orders", EventState.DELAYED, "b", 1);
        store.add("invoices", EventState.DEAD, null, 1);
        store.add("orders", EventState.DELIVERED, "c", 1);
        store.add("orders", EventState.PARKED, "d", 1);
        store.add("orders", EventState.DISCARDED, "e", 1);

        assertEquals(3, operations.requeue(EventFilter.all()));

        assertEquals(List.of("invoices []", "orders [a, b]"), told);
        assertEquals("UNSENT UNSENT UNSENT DELIVERED PARKED DISCARDED", states());
        assertEquals(List.of("POSTHORN-4001 Ada requeued 3 events: all events."), log.take());
    }

    @Test
    void parkedAndDiscardedEventsAreRequeuedWhereTheyAreNamed() {
        EventSummary parked = store.add("orders", EventState.PARKED, "d", 1);
        store.add("orders", EventState.DISCARDED, "e", 1);

        assertEquals(0, operations.requeue(EventFilter.undelivered().states(EventState.DELIVERED)));
        assertEquals(1, operations.requeue(EventFilter.all().states(EventState.DISCARDED)));
        operations.requeue(EventFilter.all().ids(parked.id()));
        assertEquals("UNSENT UNSENT", states());
    }

    @Test
    void whatAnotherOperatorDiscardsMeanwhileIsNotSentAgain() {
        EventSummary discarded = store.add("orders", EventState.DEAD, "a", 1);
        store.add("orders", EventState.DEAD, "b", 1);
        store.beforeChange = () -> {
            store.beforeChange = () -> {};
            store.discard(NODE, List.of(discarded.id()), Set.of(EventState.DEAD));
        };

        assertEquals(1, operations.requeue(EventFilter.all()));
        assertEquals("DISCARDED UNSENT", states());
    }

    @Test
    void whatThisNodeCanNotSendIsLeftToOthers() {
        store.add("elsewhere", EventState.DEAD, "a", 1);

        assertEquals(1, operations.requeue(EventFilter.all()));
        assertEquals(List.of(Node.NOBODY), store.owners);
        assertEquals(List.of("notice"), told);
    }

    @Test
    void aChannelThatIsNotThereIsNamedWithThoseThatAre() {
        String said =
                "There is no channel 'ordres' here, and no event of one: nothing was done. The channels are: broken, invoices, orders.";
        EventFilter filter = EventFilter.all().channel("ordres");
        for (Executable call : List.<Executable>of(
                () -> operations.park("ordres", "a"),
                () -> operations.release("ordres", "a"),
                () -> operations.requeue(filter),
                () -> operations.skip(filter),
                () -> operations.discard(filter),
                () -> operations.replay(filter),
                () -> operations.replayWithSameIds(filter),
                () -> operations.counts(filter),
                () -> operations.list(filter, 1),
                () -> operations.drain(Set.of("orders", "ordres"), Duration.ZERO))) {
            String message = String.valueOf(
                    assertThrows(IllegalArgumentException.class, call).getMessage());
            assertEquals("POSTHORN-4031 " + said, message);
        }
        assertEquals(List.of(), log.take());
    }

    /** Both kinds can be paused, and no other. */
    @Test
    void onlyChannelsThatThereAreCanBePaused() {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> operations.pause("order"))
                .getMessage());
        assertTrue(message.endsWith("The channels are: broken, invoices, orders, parcels."), message);
        assertThrows(IllegalArgumentException.class, () -> operations.resume("order"));

        assertTrue(operations.pause("parcels"));
        assertTrue(operations.pause("broken"));
        assertEquals(2, operations.paused().size());
    }

    /** The events of an earlier version, and its pauses, are to be got rid of. */
    @Test
    void whatIsLeftOfAChannelCanBeDealtWith() {
        store.add("elsewhere", EventState.DEAD, "a", 1);
        assertEquals(1, operations.discard(EventFilter.all().channel("elsewhere")));
        operations.park("elsewhere", "a");
        assertTrue(operations.pause("elsewhere"));

        store.pause("shop", "former", "Ada");
        assertTrue(operations.resume("former"));
    }

    /** A page on which nothing is ticked means nothing. */
    @Test
    void noIdsAndNoStatesAreNoEvents() {
        store.add("orders", EventState.DEAD, "a", 1);
        store.add("orders", EventState.DELIVERED, "b", 1);
        for (EventFilter none : List.of(
                EventFilter.all().states(EventState.DEAD).ids(List.of()),
                EventFilter.all().ids(new UUID[0]).states(EventState.DEAD),
                EventFilter.all().ids(List.of()),
                EventFilter.all().states(Set.of()))) {
            assertEquals(0, operations.requeue(none));
            assertEquals(0, operations.skip(none));
            assertEquals(0, operations.discard(none));
            assertEquals(0, operations.replay(none));
            assertEquals(List.of(), operations.list(none, 10).events());
            assertEquals(List.of(), operations.counts(none));
        }
        assertEquals("DEAD DELIVERED", states());
        assertEquals(
                "POSTHORN-4001 Ada requeued 0 events: no events.", log.take().get(0));
    }

    @Test
    void bulkFormsWorkPageByPage() {
        for (int i = 0; i < 2 * Bulk.PAGE + 1; i++) {
            store.add("orders", EventState.DEAD, "a", 1);
        }

        assertEquals(2 * Bulk.PAGE + 1, operations.requeue(EventFilter.all()));
        assertEquals(List.of("node", "node", "node"), store.owners);
    }

    @Test
    void whatComesBehindThePageIsLeftAlone() {
        for (int i = 0; i < Bulk.PAGE; i++) {
            store.add("orders", EventState.DEAD, "a", 1);
        }

        assertEquals(Bulk.PAGE, operations.skip(EventFilter.all()), "skipped events are still dead");
    }

    @Test
    void aFailureInTheMiddleIsLoggedWithWhatWasDone() {
        for (int i = 0; i < 2 * Bulk.PAGE; i++) {
            store.add("orders", EventState.DEAD, "a", 1);
        }
        store.changesUntilBroken = 1;

        assertThrows(IllegalStateException.class, () -> operations.requeue(EventFilter.all()));
        assertEquals(
                List.of("POSTHORN-4001 Ada requeued " + Bulk.PAGE
                        + " events, then that failed (java.lang.IllegalStateException: broken): all events."),
                log.take());
    }

    @Test
    void onlyWhatIsUndeliveredIsDiscardedAndNeverAllOfItByMistake() {
        for (EventState state : EventState.values()) {
            store.add("orders", state, "a", 1);
        }

        assertThrows(IllegalArgumentException.class, () -> operations.discard(EventFilter.all()));
        assertEquals(6, operations.discard(EventFilter.all().channel("orders")));
        assertEquals("DISCARDED DISCARDED DISCARDED DISCARDED DISCARDED DELIVERED DISCARDED DISCARDED", states());
        assertEquals(List.of("POSTHORN-4003 Ada discarded 6 events: channel orders."), log.take());
    }

    @Test
    void deadEventsAreSkipped() {
        store.add("orders", EventState.DEAD, "a", 1);
        store.add("orders", EventState.PARKED, "b", 1);
        store.add("orders", EventState.WAITING, "a", 1);

        assertEquals(1, operations.skip(EventFilter.all()));
        assertEquals(List.of("orders [a]"), told);
        assertEquals(List.of("POSTHORN-4002 Ada skipped 1 events: all events."), log.take());
    }

    @Test
    void keysAreParkedAndReleasedInBatchesUntilNothingIsLeft() {
        store.add("elsewhere", EventState.PARKED, "a", 1);
        store.inKey = 1234;
        assertEquals(1234, operations.park("orders", "a\nb"));
        store.inKey = 777;
        assertEquals(777, operations.release("orders", "a"));
        operations.release("elsewhere", "a");

        assertEquals(List.of("orders [a]"), told);
        assertEquals(
                List.of(
                        "POSTHORN-4004 Ada parked 1234 events of channel 'orders', key 'a?b'.",
                        "POSTHORN-4005 Ada released 777 events of channel 'orders', key 'a'.",
                        "POSTHORN-4005 Ada released 0 events of channel 'elsewhere', key 'a'."),
                log.take().stream().map(line -> line.replace(",234", "234")).toList());
    }

    @Test
    void whatIsReplayedIsNotReplayedOnceMore() {
        store.add("orders", EventState.DELIVERED, "a", 1);
        store.add("orders", EventState.DEAD, "a", 1);

        assertEquals(1, operations.replay(EventFilter.all()));
        assertEquals(FakeOperatorStore.NOW, store.filters.get(0).settledUntil());
        assertEquals(List.of("orders [a]"), told);

        Instant until = Instant.ofEpochMilli(5);
        operations.replayWithSameIds(EventFilter.all().settled(null, until));
        assertEquals(until, store.filters.get(1).settledUntil());
        assertEquals("UNSENT DEAD", states());
    }

    @Test
    void copiesOfLargeEventsAreMadeFewAtATime() {
        for (int i = 0; i < 5; i++) {
            store.add("orders", EventState.DELIVERED, "a", Operations.COPY_BYTES / 2);
        }
        store.add("orders", EventState.DELIVERED, "a", Operations.COPY_BYTES * 2);

        assertEquals(6, operations.replay(EventFilter.all()));
        assertEquals(
                List.of(2, 2, 1, 1),
                store.copies.stream().map(copies -> copies.size()).toList());
    }

    @Test
    void aPauseIsObeyedAtOnceHereAndWithTheNextHeartbeatElsewhere() {
        assertTrue(operations.pause("orders"));
        assertFalse(operations.pause("orders"));
        assertEquals(List.of("suspend [orders]", "notice", "notice"), told);
        assertEquals("Ada", operations.paused().get(0).by());

        told.clear();
        store.resume("shop", "orders");
        pauses.refresh();
        pauses.refresh();
        assertEquals(List.of("suspend []"), told);
        assertFalse(operations.resume("orders"));
        assertEquals(List.of("suspend []", "notice"), told);
    }

    @Test
    void theStoreIsAskedForPausesOnlyWhenThereIsNews() {
        pauses.follow();
        store.pause("shop", "orders", "another node");
        pauses.follow();
        assertEquals(List.of(), told);

        news++;
        pauses.follow();
        assertEquals(List.of("suspend [orders]"), told);
    }

    @Test
    void whileTheStoreDoesNotSayItIsAskedAgain() {
        AtomicInteger questions = new AtomicInteger();
        Pauses broken = new Pauses(
                () -> {
                    questions.incrementAndGet();
                    throw new IllegalStateException("away");
                },
                membership,
                relay,
                () -> 0,
                watch);

        broken.refresh();
        broken.follow();
        broken.follow();
        assertEquals(3, questions.get());
    }

    @Test
    void whatIsPausedStaysSoWhileTheStoreIsAway() {
        operations.pause("orders");
        Pauses broken = new Pauses(
                () -> {
                    throw new IllegalStateException("away");
                },
                membership,
                relay,
                () -> 0,
                watch);

        broken.refresh();
        assertEquals(List.of("suspend [orders]", "notice"), told);
    }

    @Test
    void withoutAStoreNothingIsPaused() {
        new Pauses(Optional::empty, membership, relay, () -> 0, watch).refresh();

        assertEquals(List.of(), told);
    }

    @Test
    void theBacklogOfAChannelIsAsOldAsTheOldestOfItsNodes() {
        assertEquals(List.of(), operations.backlog());

        store.backlog = List.of(
                new Backlog("orders", "node", true, Duration.ofSeconds(2)),
                new Backlog("invoices", "node", true, Duration.ofSeconds(1)),
                new Backlog("orders", "gone", false, Duration.ofSeconds(3)),
                new Backlog("orders", "other", true, Duration.ZERO));
        assertEquals(
                List.of(
                        new ChannelBacklog("invoices", Duration.ofSeconds(1), true),
                        new ChannelBacklog("orders", Duration.ofSeconds(3), false)),
                operations.backlog());
    }

    @Test
    void drainingWaitsForUnsentEventsOfTheseChannels() {
        assertTrue(operations.drain(Duration.ZERO));

        store.backlog = List.of(new Backlog("orders", "node", true, Duration.ZERO));
        assertFalse(operations.drain(Duration.ofMillis(1)));
        assertTrue(operations.drain(Set.of("invoices"), Duration.ZERO));
        assertFalse(operations.drain(Set.of("orders"), Duration.ZERO));
    }

    /** Whoever computes the channels may find none, and would take all for drained, or wait for all. */
    @Test
    void drainingNoChannelIsRefused() {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> operations.drain(Set.of(), Duration.ZERO))
                        .getMessage());
        assertTrue(message.startsWith("POSTHORN-4035 "), message);
    }

    @Test
    void aPageHasAtLeastOneEventAndAThousandAtMost() {
        for (int i = 0; i < 1001; i++) {
            store.add("orders", EventState.UNSENT, "a", 1);
        }

        assertThrows(IllegalArgumentException.class, () -> operations.list(EventFilter.all(), 0));
        assertEquals(1000, operations.list(EventFilter.all(), 5000).events().size());
        assertEquals(
                1, operations.list(EventFilter.all(), "1000", 5000).events().size());
    }

    private String states() {
        return String.join(
                " ", store.events.stream().map(event -> event.state().name()).toList());
    }
}
