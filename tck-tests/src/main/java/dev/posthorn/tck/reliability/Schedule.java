package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which fault happens when: the seed decides, and nothing else. */
final class Schedule {

    private Schedule() {}

    /**
     * In every round each fault happens once.
     *
     * @param pause between two faults, on average
     */
    static List<Strike> of(long seed, Duration length, Duration pause, int nodes) {
        Random random = new Random(seed);
        List<Fault> round = new ArrayList<>();
        List<Strike> strikes = new ArrayList<>();
        Duration at = Duration.ZERO;
        while (at.compareTo(length) < 0) {
            if (round.isEmpty()) {
                round.addAll(List.of(Fault.values()));
                Collections.shuffle(round, random);
            }
            Fault fault = round.remove(0);
            strikes.add(new Strike(at, fault, random.nextInt(nodes), part(fault.longest(), random)));
            at = at.plus(pause.dividedBy(2)).plus(part(pause, random));
        }
        return strikes;
    }

    private static Duration part(Duration whole, Random random) {
        return Duration.ofMillis((long) (whole.toMillis() * random.nextDouble()));
    }
}
