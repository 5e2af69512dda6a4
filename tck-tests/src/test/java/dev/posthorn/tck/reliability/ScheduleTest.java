package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(4);

    @Test
    void seedDecidesEverything() {
        assertEquals(schedule(7), schedule(7));
        assertNotEquals(schedule(7), schedule(8));
    }

    @Test
    void everyFaultHappensInEveryRound() {
        assertEquals(
                Set.copyOf(Fault.hard()), firstRound(schedule(7), Fault.hard().size()));
        assertEquals(
                Set.copyOf(Fault.soft()),
                firstRound(
                        Schedule.soft(7, LENGTH, PAUSE, 3, Set.of()),
                        Fault.soft().size()));
    }

    private static Set<Fault> firstRound(List<Strike> schedule, int length) {
        return schedule.stream().limit(length).map(Strike::fault).collect(Collectors.toSet());
    }

    @Test
    void whatIsLeftOutDoesNotHappen() {
        Set<Fault> leftOut = Set.of(Fault.KILL_NODE, Fault.LONE_OUTAGE);

        Set<Fault> faults = Schedule.hard(7, LENGTH, PAUSE, 3, leftOut).stream()
                .map(Strike::fault)
                .collect(Collectors.toSet());

        assertEquals(
                Fault.hard().stream().filter(each -> each != Fault.KILL_NODE).collect(Collectors.toSet()), faults);
    }

    @Test
    void nothingHappensAroundAnOutageThatIsLone() {
        List<Strike> schedule = schedule(7);
        Strike outage = schedule.stream()
                .filter(each -> each.fault() == Fault.LONE_OUTAGE)
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of(outage),
                schedule.stream().filter(each -> isNear(each, outage)).toList());
    }

    private static boolean isNear(Strike strike, Strike outage) {
        Duration end = strike.after().plus(strike.length());
        return end.plusSeconds(15).compareTo(outage.after()) > 0
                && strike.after().compareTo(outage.after().plus(outage.length()).plusSeconds(15)) < 0;
    }

    @Test
    void lastsAsLongAsAskedFor() {
        List<Strike> strikes = schedule(7);

        Duration last = strikes.get(strikes.size() - 1).after();

        assertTrue(last.compareTo(LENGTH) < 0, last::toString);
        assertTrue(last.compareTo(LENGTH.minus(PAUSE.multipliedBy(2))) > 0, last::toString);
    }

    private static List<Strike> schedule(long seed) {
        return Schedule.hard(seed, LENGTH, PAUSE, 3, Set.of());
    }
}
