package dev.posthorn.relay;

import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.simulation.Chance;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the dice decide before a run begins: how much there is to do, how small the bounds are, what may go wrong.
 *
 * @param nodes how many nodes the application has
 * @param uneven whether some nodes lack a channel that others have
 * @param maxAttempts after how many counted failures an event is dead
 */
record Scenario(
        List<String> channels,
        int keys,
        int nodes,
        boolean uneven,
        int transactions,
        int steps,
        int interleaving,
        int maxAttempts,
        ChannelSettings settings,
        Faults faults) {

    static final Duration NODE_TIMEOUT = Duration.ofSeconds(9);

    /** @param inFlightPerKey with more than one, order may break */
    static Scenario of(Chance chance, int inFlightPerKey) {
        boolean crowded = chance.oneIn(4);
        List<String> channels = List.of("one", "two", "three").subList(0, crowded ? 1 : chance.between(1, 3));
        int nodes = chance.of(1, 1, 2, 2, 3, 4);
        boolean roomy = !crowded && chance.oneIn(3);
        int maxAttempts = chance.between(1, 4);
        return new Scenario(
                channels,
                crowded ? 1 : chance.between(1, 3),
                nodes,
                chance.oneIn(4),
                crowded ? chance.between(15, 40) : chance.between(3, 25),
                (crowded ? chance.between(200, 500) : chance.between(50, 500)) * (nodes + 1) / 2,
                chance.between(2, 6),
                maxAttempts,
                settings(chance, crowded, roomy, maxAttempts, inFlightPerKey),
                faults(chance));
    }

    private static ChannelSettings settings(
            Chance chance, boolean crowded, boolean roomy, int maxAttempts, int inFlightPerKey) {
        return new ChannelSettings(
                roomy ? 1000 : chance.between(crowded ? 4 : 1, 10),
                roomy || chance.oneIn(2) ? 1_000_000 : chance.between(20, 120),
                chance.of(1, 2, 5),
                chance.of(30, 1_000_000),
                inFlightPerKey,
                Duration.ofSeconds(3),
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                new RetryPolicy(maxAttempts, Duration.ofMillis(300), Duration.ofSeconds(3), 0.1),
                Map.of(),
                chance.of(1, 2, 5),
                chance.of(1, 2, 10),
                chance.oneIn(2));
    }

    private static Faults faults(Chance chance) {
        return switch (chance.below(12)) {
            case 0, 1 -> Faults.NONE;
            case 2, 3 -> Faults.ofEvents(chance.oneIn(2));
            case 4 -> Faults.ofBroker();
            case 5 -> Faults.ofTopics(chance.between(1, 3));
            default -> Faults.of(chance);
        };
    }

    boolean keepsOrder() {
        return settings.maxInFlightPerKey() == 1;
    }

    /** Whether nothing goes wrong but what every application does: roll back. */
    boolean isCalm() {
        return faults.equals(Faults.NONE);
    }

    /** Whether nothing goes wrong but that events can't be sent, or that topics take none. */
    boolean isClean() {
        return isCalm()
                || faults.equals(Faults.ofEvents(faults.operators()))
                || faults.equals(Faults.ofTopics(faults.unsteadyTopics()));
    }

    /** Whether all failures of sends are those of one absence of the broker. */
    boolean hasOnlyOneBrokerOutage() {
        return faults.equals(Faults.ofBroker());
    }

    /** Whether nobody is late, so that no send is timed out without a cause. */
    boolean isPunctual() {
        return isClean() || hasOnlyOneBrokerOutage();
    }

    boolean fitsIntoMemory() {
        return settings.maxEvents() == 1000;
    }
}
