package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Which fault happens when: the seed decides, and nothing else. */
final class Schedule {

    private Schedule() {}

    /** @param pause between two faults, on average */
    static List<Strike> of(long seed, Duration length, Duration pause, int nodes) {
        Random random = new Random(seed);
        Fault[] faults = Fault.values();
        List<Strike> strikes = new ArrayList<>();
        Duration at = Duration.ZERO;
        while (at.compareTo(length) < 0) {
            Fault fault = faults[random.nextInt(faults.length)];
            int node = random.nextInt(nodes);
            Duration lasts = part(fault.longest(), random);
            strikes.add(new Strike(at, fault, node, lasts));
            at = at.plus(pause.dividedBy(2)).plus(part(pause, random));
        }
        return strikes;
    }

    private static Duration part(Duration whole, Random random) {
        return Duration.ofMillis((long) (whole.toMillis() * random.nextDouble()));
    }
}
