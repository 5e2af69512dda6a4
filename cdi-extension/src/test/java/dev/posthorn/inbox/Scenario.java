package dev.posthorn.inbox;

import dev.posthorn.WhenDead;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.simulation.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the dice decide before a run begins: how much there is to do, how small the bounds are, what may go wrong.
 *
 * @param keys how many keys the events of a channel have
 * @param partitions how many the broker has of each channel
 * @param hanging whether one event's handler does not return; then there is room for all others
 * @param queues whether the broker delivers again only what was not answered, and so in another order
 * @param switching how seldom a thread hands on where it could
 */
record Scenario(
        List<String> channels,
        List<Kind> kinds,
        int keys,
        int partitions,
        int nodes,
        int events,
        int steps,
        int switching,
        int window,
        int parallelism,
        int maxAttempts,
        boolean hanging,
        boolean queues,
        Faults faults) {

    static final Duration HANDLING_TIMEOUT = Duration.ofSeconds(6);

    static Scenario of(Chance chance) {
        int nodes = chance.of(1, 1, 2, 2, 3);
        int events = chance.between(3, 30);
        boolean hanging = chance.oneIn(6);
        return new Scenario(
                List.of("one", "two").subList(0, chance.between(1, 2)),
                kinds(chance),
                chance.between(1, 3),
                chance.between(1, 3),
                nodes,
                events,
                chance.between(10, 40) * events,
                chance.between(1, 4),
                hanging ? 100 : chance.of(1, 2, 4, 16),
                hanging ? chance.of(2, 4) : chance.of(1, 2, 4),
                chance.between(1, 3),
                hanging,
                chance.oneIn(8),
                faults(chance));
    }

    private static Faults faults(Chance chance) {
        return switch (chance.below(10)) {
            case 0 -> Faults.NONE;
            case 1 -> Faults.ofHandlers(false);
            case 2 -> Faults.ofHandlers(true);
            default -> Faults.of(chance);
        };
    }

    private static List<Kind> kinds(Chance chance) {
        List<Kind> kinds = new ArrayList<>();
        int count = chance.between(1, 3);
        for (int i = 0; i < count; i++) {
            kinds.add(new Kind(
                    "kind" + i,
                    !chance.oneIn(4),
                    chance.of(List.of(WhenDead.values())),
                    chance.oneIn(2),
                    List.of("a", "b", "c").subList(0, chance.between(1, 3)),
                    true,
                    chance.oneIn(5)));
        }
        if (chance.oneIn(6)) {
            kinds.add(new Kind("nobody's", false, WhenDead.SKIP, false, List.of(), false, false));
        }
        return kinds;
    }

    /** Whether no attempt is made that is not counted. */
    boolean countsExactly() {
        return nodes == 1
                && faults.isOfHandlers()
                && !hanging
                && !faults.hangs()
                && !faults.middleware()
                && !faults.operators()
                && !faults.rebalances();
    }

    InboxSettings settings() {
        RetryPolicy retry = new RetryPolicy(maxAttempts, Duration.ofMillis(300), Duration.ofSeconds(3), 0.1);
        return new InboxSettings(
                window,
                parallelism,
                faults.refusals(),
                HANDLING_TIMEOUT,
                false,
                kinds.stream().collect(java.util.stream.Collectors.toMap(Kind::name, Kind::separately)),
                retry,
                Map.of());
    }
}
