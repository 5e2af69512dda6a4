package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checker that overlooks something proves nothing. */
class CheckerTest {

    private static final Instant DEATH = Instant.ofEpochSecond(100);
    private static final Instant REBIRTH = DEATH.plusSeconds(10);
    private static final Instant BEFORE = DEATH.minusSeconds(60);
    private static final Instant MEANWHILE = DEATH.plusSeconds(5);

    private final Incidents incidents = new Incidents();
    private final List<Committed> ledger =
            new ArrayList<>(List.of(committed("a", 1), committed("a", 2), committed("b", 1)));

    @BeforeEach
    void nodeDies() {
        incidents.begin(Fault.KILL_NODE, null, DEATH).close(REBIRTH);
    }

    @Test
    void everythingOnceAndInOrderIsClean() {
        Verdict verdict = check(first("a", 1), first("b", 1), first("a", 2));

        assertTrue(verdict.isClean(), verdict::toString);
        assertEquals("3 events, 3 deliveries, 0 of them duplicates", verdict.figures());
    }

    @Test
    void duplicatesAreCountedWhereverTheyAre() {
        Verdict verdict = check(first("a", 1), first("b", 1), first("a", 2), first("a", 1), first("a", 1));

        assertTrue(verdict.isClean(), verdict::toString);
        assertEquals("3 events, 5 deliveries, 2 of them duplicates", verdict.figures());
    }

    @Test
    void whatWasNotReceivedIsLost() {
        assertEquals(
                Map.of(Violation.LOST, 1), check(first("a", 1), first("b", 1)).violations());
    }

    @Test
    void whatWasNotCommittedIsNoticed() {
        assertEquals(
                Map.of(Violation.NOT_COMMITTED, 1),
                check(first("a", 1), first("b", 1), first("a", 2), first("a", 3))
                        .violations());
    }

    @Test
    void firstDeliveryAfterALaterOneOfItsKeyIsNoticed() {
        assertEquals(
                Map.of(Violation.OVERTAKEN, 1),
                check(first("a", 2), first("b", 1), first("a", 1)).violations());
    }

    @Test
    void everyOvertakenEventCounts() {
        ledger.add(committed("a", 3));

        assertEquals(
                Map.of(Violation.OVERTAKEN, 2),
                check(first("a", 3), first("b", 1), first("a", 1), first("a", 2))
                        .violations());
    }

    @Test
    void whatHasNoOrderMayComeAtAnyTime() {
        ledger.add(new Committed("w-9:extra", "a", 0));

        assertTrue(check(first("a", 1), first("a", 2), delivery("w-9:extra", "a", 0, MEANWHILE), first("b", 1))
                .isClean());
    }

    @Test
    void whatHasNoOrderMayNotGetLostEither() {
        ledger.add(new Committed("w-9:extra", "a", 0));

        assertEquals(
                Map.of(Violation.LOST, 1),
                check(first("a", 1), first("a", 2), first("b", 1)).violations());
    }

    @Test
    void duplicateWithoutAReasonIsNoticed() {
        assertEquals(
                Map.of(Violation.NEEDLESS_DUPLICATE, 1),
                check(
                                delivery("w-a1:1", "a", 1, BEFORE),
                                first("b", 1),
                                first("a", 2),
                                delivery("w-a1:1", "a", 1, BEFORE.plusSeconds(2)))
                        .violations());
    }

    /** The client of a node that was declared dead repeats what a topic refuses, until it is allowed or two minutes have passed. */
    @Test
    void whatATopicRefusedMayArriveLongAfterItsNodeHasStartedAnew() {
        assertEquals(Map.of(), twiceToABadTopic(REBIRTH.plusSeconds(60)));
        assertEquals(Map.of(Violation.NEEDLESS_DUPLICATE, 1), twiceToABadTopic(REBIRTH.plusSeconds(140)));
    }

    private Map<Violation, Integer> twiceToABadTopic(Instant sent) {
        String key = "run-bad-topic-key-1";
        return new Checker(List.of(committed(key, 1)))
                .check(
                        List.of(
                                delivery(entry(key, 1), key, 1, sent),
                                delivery(entry(key, 1), key, 1, sent.plusSeconds(5))),
                        incidents)
                .violations();
    }

    @Test
    void whatAnotherTopicTakesTwiceLongAfterwardsIsNoticed() {
        assertEquals(
                Map.of(Violation.NEEDLESS_DUPLICATE, 1),
                check(
                                first("b", 1),
                                delivery("w-a1:1", "a", 1, REBIRTH.plusSeconds(60)),
                                delivery("w-a1:1", "a", 1, REBIRTH.plusSeconds(65)),
                                first("a", 2))
                        .violations());
    }

    /** A frozen node's producer hands over what another node has sent long since. */
    @Test
    void whatWasSentFirstMayArriveLast() {
        assertTrue(check(
                        delivery("w-a1:1", "a", 1, REBIRTH.plusSeconds(1)),
                        first("b", 1),
                        first("a", 2),
                        delivery("w-a1:1", "a", 1, BEFORE))
                .isClean());
    }

    @Test
    void oneEventUnderTwoIdsIsNoticed() {
        Delivery again = new Delivery("another id", "w-a1:1", "a", 1, MEANWHILE);

        assertEquals(
                Map.of(Violation.TWO_IDS, 1),
                check(first("a", 1), first("b", 1), first("a", 2), again).violations());
    }

    @Test
    void rowsThatAreLeftAreNoticed() {
        Verdict verdict = new Checker(ledger)
                .stuck(List.of("a row"))
                .check(List.of(first("a", 1), first("b", 1), first("a", 2)), incidents);

        assertEquals(Map.of(Violation.STUCK, 1), verdict.violations());
    }

    @Test
    void confirmedWriteWithoutEntriesIsNoticed() {
        Verdict verdict = new Checker(ledger)
                .confirmed(Set.of("w-a1", "w-a7"))
                .check(List.of(first("a", 1), first("b", 1), first("a", 2)), incidents);

        assertEquals(Map.of(Violation.LEDGER, 1), verdict.violations());
    }

    @Test
    void numberThatIsMissingInTheLedgerIsNoticed() {
        ledger.add(committed("b", 3));

        assertEquals(
                Map.of(Violation.LEDGER, 1),
                check(first("a", 1), first("b", 1), first("a", 2), first("b", 3))
                        .violations());
    }

    private Verdict check(Delivery... deliveries) {
        return new Checker(ledger).check(List.of(deliveries), incidents);
    }

    private static Committed committed(String key, long number) {
        return new Committed(entry(key, number), key, number);
    }

    private static Delivery first(String key, long number) {
        return delivery(entry(key, number), key, number, MEANWHILE);
    }

    private static Delivery delivery(String entry, String key, long number, Instant sentAt) {
        return new Delivery("id of " + entry, entry, key, number, sentAt);
    }

    private static String entry(String key, long number) {
        return "w-" + key + number + ":" + number;
    }
}
