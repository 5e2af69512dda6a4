package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What excuses too much hides something; what excuses too little cries wolf. */
class IncidentsTest {

    private static final String KEY = "a";
    private static final Instant FROM = Instant.ofEpochSecond(1_000);
    private static final Instant UNTIL = FROM.plusSeconds(30);

    private final Incidents incidents = new Incidents();

    @Test
    void nothingExplainsADuplicateWhereNothingHappened() {
        assertFalse(incidents.explain(KEY, FROM, UNTIL));
    }

    @ParameterizedTest
    @EnumSource(names = {"KILL_NODE", "FREEZE_NODE", "KILL_DATABASE", "LOCK_NODES"})
    void troubleOfNodeOrDatabaseExplainsDuplicatesAroundIt(Fault fault) {
        incidents.begin(fault, KEY, FROM).close(UNTIL);

        assertTrue(incidents.explain(KEY, FROM.minusSeconds(40), FROM.plusSeconds(1)));
        assertTrue(incidents.explain(KEY, UNTIL.plusSeconds(5), UNTIL.plusSeconds(20)));
        assertFalse(incidents.explain(KEY, FROM.minusSeconds(3), FROM.minusSeconds(1)));
        assertFalse(incidents.explain(KEY, UNTIL.plusSeconds(16), UNTIL.plusSeconds(20)));
    }

    @ParameterizedTest
    @EnumSource(names = {"KILL_BROKER", "LONE_OUTAGE"})
    void brokerThatDiesTakesAnAnswerWithItAndNothingElse(Fault fault) {
        incidents.begin(fault, KEY, FROM).close(UNTIL);

        assertTrue(incidents.explain(KEY, FROM.minusMillis(10), UNTIL.plusSeconds(5)), "its answer may be lost");
        assertFalse(incidents.explain(KEY, FROM.plusSeconds(10), UNTIL), "there was nobody who could have taken it");
        assertFalse(incidents.explain(KEY, UNTIL.plusMillis(10), UNTIL.plusMillis(20)));
        assertFalse(incidents.explain(KEY, FROM.minusSeconds(20), UNTIL), "it was answered long before");
    }

    @ParameterizedTest
    @EnumSource(names = {"FREEZE_BROKER", "FREEZE_BROKER_CONNECTIONS"})
    void brokerThatIsFrozenTakesWithoutAnAnswerWhatIsSentMeanwhile(Fault fault) {
        incidents.begin(fault, KEY, FROM).close(UNTIL);

        assertTrue(incidents.explain(KEY, FROM.plusSeconds(10), UNTIL.plusSeconds(1)));
        assertFalse(incidents.explain(KEY, UNTIL.plusSeconds(2), UNTIL.plusSeconds(5)));
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSE_OUTBOX", "PARK_INBOX_KEY", "REQUEUE", "MISSING_TOPIC", "OBSERVERS_HANG"})
    void neitherOperatorsNorTheApplicationExplainDuplicates(Fault fault) {
        incidents.begin(fault, KEY, FROM).close(UNTIL);

        assertFalse(incidents.explain(KEY, FROM.plusSeconds(1), FROM.plusSeconds(2)));
    }

    /** Whoever released it may send what the node that had it before still has under way. */
    @Test
    void keyThatIsParkedAndReleasedExplainsDuplicatesOfItsOwn() {
        incidents.begin(Fault.PARK_OUTBOX_KEY, KEY, FROM).close(UNTIL);

        assertTrue(incidents.explain(KEY, FROM.minusSeconds(1), UNTIL));
        assertTrue(incidents.explain(KEY, UNTIL.plusSeconds(5), UNTIL.plusSeconds(20)));
        assertFalse(incidents.explain("another", FROM.minusSeconds(1), UNTIL));
        assertFalse(incidents.explain(KEY, FROM.minusSeconds(3), FROM.minusSeconds(1)));
    }

    @Test
    void badTopicsAndObserversDisturbNoQuiet() {
        Instant before = incidents.quietSince();
        incidents.begin(Fault.MISSING_TOPIC);
        incidents.begin(Fault.OBSERVERS_HANG).close();

        assertEquals(before, incidents.quietSince());
    }

    @Test
    void quietBeginsWhenTheLastIsOver() {
        Instant end = Instant.now().plusSeconds(60);
        incidents.begin(Fault.KILL_NODE).close(end);
        incidents.begin(Fault.PAUSE_OUTBOX).close(end.minusSeconds(10));

        assertEquals(end, incidents.quietSince());
    }

    @Test
    void nothingIsQuietWhileSomethingHappens() {
        incidents.begin(Fault.LOCK_OUTBOX);
        Instant now = Instant.now();

        assertFalse(incidents.quietSince().isBefore(now));
    }
}
