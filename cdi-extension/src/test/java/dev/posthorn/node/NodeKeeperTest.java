package dev.posthorn.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OtherNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NodeKeeperTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final OtherNode SILENT = new OtherNode("other", 0, TIMEOUT);
    private static final OtherNode LIVING = new OtherNode("other", 0, TIMEOUT.minusMillis(1));

    private final FakeNodeStore store = new FakeNodeStore();
    private final List<String> log = store.log;
    private int starts;
    private long now = -5_000_000_000L;

    private final NodeKeeper keeper = new NodeKeeper(
            store,
            "node",
            () -> new Node("node-" + ++starts, "app"),
            TIMEOUT,
            () -> log.add("forget"),
            () -> now,
            this::wallClock);

    private long suspended;

    @Test
    void aNodeThatHasNotJoinedMayNotAct() {
        assertFalse(keeper.mayAct());
        keeper.join();
        assertTrue(keeper.mayAct());
    }

    @Test
    void itStopsActingBeforeOthersMayBuryIt() {
        keeper.join();
        pass(19);
        assertTrue(keeper.mayAct());
        pass(1);
        assertFalse(keeper.mayAct());
    }

    @Test
    void theTimeCountsFromTheStartOfTheBeat() {
        keeper.join();
        store.takes(Duration.ofSeconds(15));
        keeper.beat();
        assertTrue(keeper.mayAct());
        pass(5);
        assertFalse(keeper.mayAct());
    }

    @Test
    void aBeatThatFailsDoesNotProlongItsLife() {
        keeper.join();
        pass(15);
        store.fails = true;
        assertThrows(PosthornException.class, keeper::beat);
        pass(5);
        assertFalse(keeper.mayAct());
    }

    @Test
    void itBuriesOnlyAfterHavingBeenHeardOfForAWholeTimeout() {
        store.others = List.of(SILENT);
        keeper.join();
        beatEveryTenSeconds(2);
        assertFalse(log.contains("bury"));
        beatEveryTenSeconds(1);
        assertTrue(log.contains("bury"));
    }

    @Test
    void afterAnOutageNobodyIsBuriedForAWholeTimeout() {
        store.others = List.of(SILENT);
        keeper.join();
        beatEveryTenSeconds(5);
        pass(31);
        log.clear();
        keeper.beat();
        beatEveryTenSeconds(2);
        assertFalse(log.contains("bury"));
        beatEveryTenSeconds(1);
        assertTrue(log.contains("bury"));
    }

    @Test
    void afterABeatThatHungNobodyIsBuriedEither() {
        store.others = List.of(SILENT);
        keeper.join();
        beatEveryTenSeconds(5);
        pass(10);
        log.clear();
        store.takes(Duration.ofSeconds(15));
        keeper.beat();
        assertFalse(log.contains("bury"), "the database may have stood still for everybody");
    }

    @Test
    void itBuriesNobodyWhileAllAreHeardOf() {
        store.others = List.of(LIVING);
        keeper.join();
        beatEveryTenSeconds(9);
        assertFalse(log.contains("bury"));
    }

    @Test
    void withoutAChangeAmongTheNodesThereIsNoNews() {
        store.others = List.of(LIVING);
        rest();
        assertFalse(beatBringsNews());
        assertFalse(beatBringsNews());
    }

    @Test
    void aNodeThatComesOrGoesIsNews() {
        rest();
        store.others = List.of(LIVING);
        assertTrue(beatBringsNews());
        rest();
        store.others = List.of();
        assertTrue(beatBringsNews());
    }

    @Test
    void noticeIsNews() {
        store.others = List.of(LIVING);
        rest();
        store.others = List.of(new OtherNode(LIVING.id(), 1, Duration.ZERO));
        assertTrue(beatBringsNews());
    }

    /** A transaction of a node that is gone may commit after it has gone. */
    @Test
    void newsGoOnForATimeout() {
        rest();
        store.others = List.of(LIVING);
        assertTrue(beatBringsNews());
        assertTrue(beatBringsNews());
        assertTrue(beatBringsNews());
        assertFalse(beatBringsNews());
    }

    @Test
    void aBurialIsNews() {
        store.others = List.of(SILENT);
        rest();
        assertTrue(beatBringsNews());
    }

    @Test
    void aFirstStartAndANewOneAreNews() {
        keeper.join();
        assertTrue(beatBringsNews());
        rest();
        store.declaredDead = true;
        assertTrue(beatBringsNews());
        store.declaredDead = false;
        assertTrue(beatBringsNews());
    }

    private void rest() {
        if (!keeper.mayAct()) {
            keeper.join();
        }
        beatEveryTenSeconds(6);
    }

    private boolean beatBringsNews() {
        long before = keeper.news();
        beatEveryTenSeconds(1);
        return keeper.news() != before;
    }

    @Test
    void declaredDeadItForgetsEverythingAndGoesOnUnderANewId() {
        keeper.join();
        Node before = keeper.node();
        store.declaredDead = true;
        log.clear();
        keeper.beat();
        assertNotEquals(before, keeper.node());
        assertEquals(List.of("beat node-1", "join node-2", "forget"), log);
        assertTrue(keeper.mayAct());
    }

    @Test
    void aFailedJoinIsRepeatedUnderANewIdWithAnEmptyMemory() {
        store.fails = true;
        assertThrows(PosthornException.class, keeper::join);
        assertFalse(keeper.mayAct());
        store.fails = false;
        log.clear();
        keeper.beat();
        assertEquals(List.of("join node-2", "forget"), log);
        assertTrue(keeper.mayAct());
    }

    @Test
    void whoHasLeftMayNotAct() {
        keeper.join();
        keeper.leave();
        assertFalse(keeper.mayAct());
        assertTrue(log.contains("leave node-1"));
    }

    @Test
    void aTickThatComesLateDoesNotBringBackWhoHasLeft() {
        keeper.join();
        keeper.leave();
        log.clear();
        assertFalse(keeper.beat());
        assertEquals(List.of(), log);
    }

    /** The monotonic clock stands still meanwhile. */
    @Test
    void afterASuspensionOfItsVirtualMachineItActsOnlyWhenItHasBeaten() {
        keeper.join();
        suspended = Duration.ofMinutes(1).toMillis();
        assertFalse(keeper.mayAct());
        keeper.beat();
        assertTrue(keeper.mayAct());
    }

    @Test
    void afterASuspensionNobodyIsBuriedForAWholeTimeout() {
        store.others = List.of(SILENT);
        keeper.join();
        beatEveryTenSeconds(5);
        suspended = Duration.ofMinutes(1).toMillis();
        log.clear();
        keeper.beat();
        beatEveryTenSeconds(2);
        assertFalse(log.contains("bury"), "they may have been suspended with this node");
    }

    @Test
    void aClockThatIsSetBackProlongsNothing() {
        keeper.join();
        suspended = -Duration.ofMinutes(1).toMillis();
        pass(20);
        assertFalse(keeper.mayAct());
    }

    @Test
    void whoLeavesActsNoMoreAlthoughABeatHangs() throws InterruptedException {
        keeper.join();
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        store.whileBeating = () -> {
            hangs.countDown();
            awaitQuietly(answered);
        };
        Thread beating = new Thread(keeper::beat, "beating");
        beating.start();
        awaitQuietly(hangs);
        Thread leaving = new Thread(keeper::leave, "leaving");
        leaving.start();
        Awaitility.await().until(() -> !keeper.mayAct());

        answered.countDown();
        beating.join();
        leaving.join();

        assertFalse(keeper.mayAct());
        assertEquals("leave node-1", log.get(log.size() - 1));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long wallClock() {
        return Duration.ofNanos(now).toMillis() + suspended;
    }

    private void beatEveryTenSeconds(int times) {
        for (int i = 0; i < times; i++) {
            pass(10);
            keeper.beat();
        }
    }

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private final class FakeNodeStore implements NodeStore {

        final List<String> log = new ArrayList<>();
        boolean fails;
        boolean declaredDead;
        List<OtherNode> others = List.of();
        Runnable whileBeating = () -> {};
        private Duration delay = Duration.ZERO;

        void takes(Duration nextDelay) {
            delay = nextDelay;
        }

        private void call(String what) {
            log.add(what);
            now += delay.toNanos();
            delay = Duration.ZERO;
            if (fails) {
                throw new PosthornException("The database is away");
            }
        }

        @Override
        public void join(Node node, String name) {
            call("join " + node.id());
        }

        @Override
        public Optional<List<OtherNode>> beat(Node node) {
            call("beat " + node.id());
            whileBeating.run();
            return declaredDead ? Optional.empty() : Optional.of(others);
        }

        @Override
        public void giveNotice(Node node) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int bury(Node node, Duration silence) {
            assertEquals(TIMEOUT, silence);
            call("bury");
            return 1;
        }

        @Override
        public boolean noteDelivers(Node node, Set<String> channels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> deliveredByOthers(Node node) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void leave(Node node) {
            call("leave " + node.id());
        }
    }
}
