package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Which fault happens when: the seed decides, and nothing else. */
final class Schedule {

    /** Longer than any node, or answer, is under suspicion. */
    private static final Duration CALM = Duration.ofSeconds(25);

    /** Then nothing happens for a while but an outage of the broker. */
    private static final int ROUNDS_UNTIL_CALM = 3;

    private final Random random;
    private final List<Strike> strikes = new ArrayList<>();
    private Duration at = Duration.ZERO;

    private Schedule(long seed) {
        this.random = new Random(seed);
    }

    /**
     * What breaks. In every round each fault happens once.
     *
     * @param pause between two faults, on average
     * @param leftOut what does not happen
     */
    static List<Strike> hard(long seed, Duration length, Duration pause, int nodes, Set<Fault> leftOut) {
        Schedule schedule = new Schedule(seed);
        List<Fault> faults = without(leftOut, Fault.hard());
        for (int round = 1; schedule.isBefore(length) && !faults.isEmpty(); round++) {
            schedule.round(faults, length, pause, nodes);
            if (round % ROUNDS_UNTIL_CALM == 0 && schedule.isBefore(length) && !leftOut.contains(Fault.LONE_OUTAGE)) {
                schedule.calm();
            }
        }
        return schedule.strikes;
    }

    /** What operators and the application do meanwhile. */
    static List<Strike> soft(long seed, Duration length, Duration pause, int nodes, Set<Fault> leftOut) {
        Schedule schedule = new Schedule(seed);
        List<Fault> faults = without(leftOut, Fault.soft());
        while (schedule.isBefore(length) && !faults.isEmpty()) {
            schedule.round(faults, length, pause, nodes);
        }
        return schedule.strikes;
    }

    private static List<Fault> without(Set<Fault> leftOut, List<Fault> faults) {
        return faults.stream().filter(each -> !leftOut.contains(each)).toList();
    }

    private boolean isBefore(Duration length) {
        return at.compareTo(length) < 0;
    }

    private void round(List<Fault> faults, Duration length, Duration pause, int nodes) {
        List<Fault> round = new ArrayList<>(faults);
        Collections.shuffle(round, random);
        for (Fault fault : round) {
            if (isBefore(length)) {
                strikes.add(new Strike(at, fault, random.nextInt(nodes), part(fault.longest())));
                at = at.plus(pause.dividedBy(2)).plus(part(pause));
            }
        }
    }

    private void calm() {
        at = at.plus(CALM);
        Strike outage = Strike.loneOutage(at);
        strikes.add(outage);
        at = at.plus(outage.length()).plus(CALM);
    }

    private Duration part(Duration whole) {
        return Duration.ofMillis((long) (whole.toMillis() * random.nextDouble()));
    }
}
