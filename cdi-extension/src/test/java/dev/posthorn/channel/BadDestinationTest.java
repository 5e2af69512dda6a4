package dev.posthorn.channel;

import static dev.posthorn.channel.Samples.SECOND;
import static dev.posthorn.channel.Samples.event;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.StoredEvent;
import dev.posthorn.spi.Turn;
import dev.posthorn.spi.Unsent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A channel, a table that had its events before the start, and a broker whose client sends on one thread: a topic that is missing holds it
 * up for some seconds each time.
 */
class BadDestinationTest {

    private static final long WAIT_FOR_TOPIC = 5 * SECOND;
    private static final Exception MISSING = new Exception("no such topic");

    private final Channel channel = new Channel("channel", Samples.settings(), true, Samples.NODE);
    private final List<StoredEvent> table = new ArrayList<>();
    private final Set<String> bad = new HashSet<>(Set.of("missing"));
    private final List<EventEnvelope> delivered = new ArrayList<>();
    private final List<Settlement> counted = new ArrayList<>();
    private final Set<Long> gone = new HashSet<>();
    private final List<@Nullable Long> firstOfShelved = new ArrayList<>();
    private Failure meaning = Failure.UNCLEAR;
    private boolean retrierWaits;
    private int mostInMemory;
    private int triesOfBad;
    private long now;

    @Test
    void whatIsBehindManyOfAMissingTopicIsSentWithinSeconds() {
        fill(30, "missing");
        fill(1, "ok");
        runUntil(() -> delivered.size() == 1);
        assertTrue(now < 30 * SECOND, "after " + now / SECOND + " s");
        assertEquals("ok", delivered.get(0).topic());
    }

    @Test
    void tenHealthyTopicsBehindTwoBadOnesAreSentWithinThirtySeconds() {
        bad.add("forbidden");
        fill(2000, "missing");
        fill(2000, "forbidden");
        Stream.iterate(0, i -> i + 1).limit(10).forEach(i -> fill(20, "ok" + i));
        runUntil(() -> delivered.size() == 200);
        assertTrue(now < 30 * SECOND, "after " + now / SECOND + " s");
    }

    @Test
    void whileATopicTakesNothingItsEventsBurnNoAttemptsAndMemoryIsBounded() {
        fill(1000, "missing");
        fill(5, "ok");
        run(3600);
        assertEquals(5, delivered.size());
        assertEquals(List.of(), counted);
        assertTrue(mostInMemory <= 6, "four, and a batch of two: " + mostInMemory);
    }

    @Test
    void aMissingTopicIsProbedAndTakesLittleOfTheTime() {
        fill(1000, "missing");
        fill(1, "ok");
        run(3600);
        assertTrue(triesOfBad >= 50, "it must be found when it appears: " + triesOfBad);
        assertTrue(triesOfBad * WAIT_FOR_TOPIC <= 400 * SECOND, "about a tenth: " + triesOfBad);
    }

    @Test
    void whileAnEventOfItIsRetriedATopicIsInNobodysWay() {
        retrierWaits = true;
        fill(1000, "missing");
        fill(100, "ok");
        runUntil(() -> delivered.size() == 100);
        assertTrue(now < 30 * SECOND, "after " + now / SECOND + " s");
    }

    /** A connector that repeats a send by itself answers none of them: the client's thread is held up for moments of that time. */
    @Test
    void aTopicWhoseRetriesTookLongIsProbedAsSoonAsOneWhoseSendTimedOut() {
        retrierWaits = true;
        fill(1000, "missing");
        fill(1, "ok");
        runUntil(() -> delivered.size() == 1);
        Send retry = requireNonNull(channel.sends().nextRetry(now));
        now += 49 * SECOND;
        channel.sends().retriesFailed(retry, meaning, MISSING, false, now);
        retrierWaits = false;
        long failed = now;
        int before = triesOfBad;
        runUntil(() -> triesOfBad > before);
        assertTrue(
                now - failed <= 280 * SECOND,
                "nine times the send time-out of 30 s, and a pause: after " + (now - failed) / SECOND + " s");
    }

    @Test
    void itIsKnownWhichTopicTakesNothingAndWhy() {
        fill(30, "missing");
        fill(1, "ok");
        run(60);
        assertEquals(
                List.of("missing"),
                channel.status().held().stream().map(HeldDestination::topic).toList());
        assertEquals(List.of(new DestinationChange("missing", MISSING)), channel.pollDestinationChanges());
        assertEquals(List.of(), channel.pollDestinationChanges(), "once");
        assertFalse(channel.status().paused(), "the broker is there");
        assertFalse(channel.hasWork(), "nobody waits for it when the application stops");

        bad.clear();
        runUntil(() -> delivered.size() == 31);
        assertEquals(List.of(new DestinationChange("missing", null)), channel.pollDestinationChanges());
        assertEquals(List.of(), channel.status().held());
    }

    @Test
    void itsEventsGoOutInOrderWhenTheTopicAppears() {
        fill(40, "missing", "a", "b");
        fill(4, "ok", "a", "c");
        run(120);
        assertEquals(2, delivered.size(), "what is not behind it in its key");
        bad.clear();
        runUntil(() -> delivered.size() == 44);
        for (String key : List.of("a", "b", "c")) {
            assertEquals(
                    table.stream()
                            .map(StoredEvent::event)
                            .filter(each -> key.equals(each.key()))
                            .toList(),
                    delivered.stream().filter(each -> key.equals(each.key())).toList());
        }
    }

    @Test
    void onlyWhatComesAfterTheFirstOneOfItsKeyIsPutAway() {
        fill(40, "missing", "a", "b");
        fill(4, "ok", "a", "c");
        run(120);
        assertFalse(firstOfShelved.isEmpty());
        assertFalse(firstOfShelved.contains(null), "what is before it would be released at once");
        assertEquals(firstOfShelved.size(), new HashSet<>(firstOfShelved).size(), "once is enough");
    }

    @Test
    void whatIsCommittedMeanwhileIsSentAtOnceOrLeftToTheTable() {
        fill(30, "missing");
        fill(1, "ok");
        run(60);
        EventEnvelope healthy = event(null, "ok");
        Ticket ticket = Samples.stored(channel, List.of(event(null, "missing"), healthy), now);
        assertEquals(1, ticket.entries.size(), "the other one is only in the table");
        channel.committed(ticket);
        step();
        assertTrue(delivered.contains(healthy));
    }

    @Test
    void aSingleEventOnATopicOfItsOwnThatCannotBeSentIsCounted() {
        fill(1, "missing");
        fill(100, "ok");
        runUntil(() -> !counted.isEmpty());
        assertEquals(1, counted.get(0).attempts());
    }

    @Test
    void asSoonAsTwoEventsHaveFailedItIsTheTopic() {
        fill(1, "missing");
        fill(100, "ok");
        runUntil(() -> !counted.isEmpty());
        fill(1, "missing");
        fill(100, "ok");
        channel.wantRead();
        run(600);
        assertEquals(1, counted.size());
        assertEquals(201 - 1, delivered.size());
    }

    @Test
    void whatIsKnownForSureNeedsNoOther() {
        meaning = Failure.DESTINATION;
        fill(1, "missing");
        run(60);
        assertEquals(List.of(), counted);
        assertFalse(channel.status().paused());
        assertEquals(1, channel.status().held().size());
    }

    @Test
    void thousandsOfMissingTopicsHoldUpNobodyForEver() {
        for (int i = 0; i < 500; i++) {
            bad.add("missing" + i);
            fill(3, "missing" + i);
        }
        fill(1, "ok");
        runUntil(() -> !delivered.isEmpty());
        assertTrue(now < 7000 * SECOND, "after " + now / SECOND + " s");
        assertEquals(List.of(), counted);
    }

    private void fill(int events, String topic, @Nullable String... keys) {
        for (int i = 0; i < events; i++) {
            String key = keys.length == 0 ? null : keys[i % keys.length];
            EventEnvelope event = event(key, topic);
            table.add(new StoredEvent(Samples.number(event), 0, event));
        }
    }

    private void run(int seconds) {
        long until = now + seconds * SECOND;
        runUntil(() -> now >= until);
    }

    private void runUntil(BooleanSupplier reached) {
        long most = now + 24 * 3600 * SECOND;
        while (!reached.getAsBoolean()) {
            assertTrue(now < most, "not within a day");
            step();
        }
    }

    /** All that can happen now; then some time passes. */
    private void step() {
        boolean busy = true;
        while (busy) {
            busy = read() | ask() | send();
            mark();
            settle();
        }
        now += SECOND / 10;
    }

    private boolean read() {
        Read read = channel.table().nextRead(now);
        if (read == null) {
            return false;
        }
        List<StoredEvent> rows = table.stream()
                .filter(row -> row.seq() > read.after()
                        && !gone.contains(row.seq())
                        && !channel.table().inHand().contains(row.seq())
                        && !read.exceptTopics().contains(row.event().topic()))
                .limit(read.maxEvents() + 1)
                .toList();
        boolean complete = rows.size() <= read.maxEvents();
        channel.table().readAnswered(read, new Unsent(complete ? rows : rows.subList(0, read.maxEvents()), complete));
        mostInMemory = Math.max(mostInMemory, channel.status().events());
        return true;
    }

    private boolean ask() {
        Question question = channel.questions().next(now);
        if (question == null) {
            return false;
        }
        channel.questions()
                .answered(
                        question,
                        question.numbers().stream()
                                .collect(Collectors.toMap(seq -> seq, seq -> turn(seq, question.delivered()))),
                        now);
        for (Shelving each = channel.table().nextShelving();
                each != null;
                each = channel.table().nextShelving()) {
            shelve(each);
        }
        return true;
    }

    private Turn turn(Long seq, Set<Long> finished) {
        int at = IntStream.range(0, table.size())
                .filter(i -> table.get(i).seq() == seq)
                .findFirst()
                .orElseThrow();
        String key = table.get(at).event().key();
        for (int i = at - 1; i >= 0; i--) {
            EventEnvelope other = table.get(i).event();
            Long ahead = table.get(i).seq();
            if (key != null && key.equals(other.key()) && !finished.contains(ahead) && !isDelivered(other)) {
                return new Turn(ahead, gone.contains(ahead) ? Turn.Kind.AFTER_WAITING : Turn.Kind.AFTER_OWN);
            }
        }
        return Turn.NOW;
    }

    private boolean isDelivered(EventEnvelope event) {
        return delivered.contains(event);
    }

    /** What waits is gone for reads until what it waits for is delivered. */
    private void shelve(Shelving shelving) {
        firstOfShelved.add(shelving.behind());
        boolean behind = shelving.behind() == null;
        Set<Long> except = channel.table().notToShelve(shelving.key());
        for (StoredEvent row : table) {
            if (behind && shelving.key().equals(row.event().key()) && !except.contains(row.seq())) {
                gone.add(row.seq());
            }
            behind |= shelving.behind() != null && row.seq() == shelving.behind();
        }
        channel.table().shelved(shelving.key());
    }

    private boolean send() {
        Send send = channel.sends().next(now);
        if (send == null) {
            return false;
        }
        if (bad.contains(send.event().topic())) {
            triesOfBad++;
            now += WAIT_FOR_TOPIC;
            channel.sends().failed(send, meaning, MISSING, now);
            retry();
        } else {
            now += SECOND / 1000;
            delivered.add(send.event());
            channel.sends().acknowledged(send);
        }
        return true;
    }

    private void retry() {
        if (retrierWaits) {
            return;
        }
        Send retry = channel.sends().nextRetry(now);
        if (retry != null) {
            now += WAIT_FOR_TOPIC;
            channel.sends().retriesFailed(retry, meaning, MISSING, true, now);
        }
    }

    private void mark() {
        MarkBatch batch = channel.marks().next();
        batch.events().forEach(each -> gone.add(each.seq()));
        channel.marks().marked(batch, now);
        if (!batch.events().isEmpty()) {
            release();
        }
    }

    private void release() {
        boolean any = gone.removeIf(seq -> table.stream()
                .anyMatch(each -> each.seq() == seq
                        && !isDelivered(each.event())
                        && turn(seq, Set.of()).ahead() == null));
        if (any) {
            channel.wantRead();
        }
    }

    private void settle() {
        for (Settlement each = channel.table().nextSettlement();
                each != null;
                each = channel.table().nextSettlement()) {
            counted.add(each);
            gone.add(each.seq());
            channel.table().settled(each, now);
        }
    }
}
