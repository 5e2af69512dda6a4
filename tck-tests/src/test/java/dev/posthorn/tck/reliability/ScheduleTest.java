package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration PAUSE = Duration.ofSeconds(4);

    @Test
    void seedDecidesEverything() {
        assertEquals(schedule(7), schedule(7));
        assertNotEquals(schedule(7), schedule(8));
    }

    @Test
    void everyFaultHappensInEveryRound() {
        int round = Fault.values().length;

        Set<Fault> first = schedule(7).stream().limit(round).map(Strike::fault).collect(Collectors.toSet());

        assertEquals(EnumSet.allOf(Fault.class), first);
    }

    @Test
    void lastsAsLongAsAskedFor() {
        List<Strike> strikes = schedule(7);

        Duration last = strikes.get(strikes.size() - 1).after();

        assertTrue(last.compareTo(Duration.ofMinutes(10)) < 0, last::toString);
        assertTrue(last.compareTo(Duration.ofMinutes(10).minus(PAUSE.multipliedBy(2))) > 0, last::toString);
    }

    private static List<Strike> schedule(long seed) {
        return Schedule.of(seed, Duration.ofMinutes(10), PAUSE, 3);
    }
}
