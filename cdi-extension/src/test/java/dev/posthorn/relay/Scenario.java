package dev.posthorn.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the dice decide before a run begins: how much there is to do, how small the bounds are, what may go wrong.
 *
 * @param crashes whether the node may die at any step
 * @param burials whether another node declares this one dead when it is silent for too long, and whether it ever is
 * @param storeOutages whether the database may be away, and whether its answers may be lost
 * @param doubts whether the outcome of a transaction may be unknown, or reported wrongly
 * @param sendFailures whether single sends fail, never answer or answer late
 * @param poison whether some events are not accepted by the broker while others are
 * @param brokerOutages how often the broker may be away
 */
record Scenario(
        List<String> channels,
        int keys,
        int transactions,
        int steps,
        int interleaving,
        RelaySettings settings,
        boolean crashes,
        boolean burials,
        boolean storeOutages,
        boolean doubts,
        boolean sendFailures,
        boolean poison,
        int brokerOutages) {

    static final Duration NODE_TIMEOUT = Duration.ofSeconds(9);

    static Scenario of(Chance chance) {
        boolean crowded = chance.oneIn(4);
        List<String> channels = List.of("one", "two", "three").subList(0, crowded ? 1 : chance.between(1, 3));
        boolean calm = chance.oneIn(4);
        boolean roomy = !crowded && chance.oneIn(3);
        return new Scenario(
                channels,
                crowded ? 1 : chance.between(1, 3),
                crowded ? chance.between(15, 40) : chance.between(3, 25),
                crowded ? chance.between(200, 500) : chance.between(50, 500),
                chance.between(2, 6),
                new RelaySettings(
                        roomy ? 1000 : chance.between(crowded ? 4 : 1, 10),
                        roomy || chance.oneIn(2) ? 1_000_000 : chance.between(20, 120),
                        chance.of(1, 2, 5),
                        chance.of(30, 1_000_000),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2),
                        new RetryPolicy(1000, Duration.ofMillis(300), Duration.ofSeconds(3), 0.1),
                        Map.of(),
                        chance.of(1, 2, 5),
                        chance.of(1, 2, 10),
                        chance.oneIn(2)),
                !calm && chance.oneIn(2),
                !calm && chance.oneIn(3),
                !calm && chance.oneIn(2),
                !calm && chance.oneIn(2),
                !calm && chance.oneIn(2),
                !calm && chance.oneIn(3),
                calm ? 0 : chance.of(0, 1, 5));
    }

    /** Whether nothing goes wrong but what every application does: roll back. */
    boolean isCalm() {
        return !crashes && !burials && !storeOutages && !doubts && !sendFailures && !poison && brokerOutages == 0;
    }

    /** Whether all failures of sends are those of one absence of the broker. */
    boolean hasOnlyOneBrokerOutage() {
        return brokerOutages == 1 && !sendFailures && !poison && !burials;
    }

    /** Whether nobody is late, so that no send is timed out without a cause. */
    boolean isPunctual() {
        return isCalm() || hasOnlyOneBrokerOutage();
    }

    boolean fitsIntoMemory() {
        return settings.maxEvents() == 1000;
    }
}
