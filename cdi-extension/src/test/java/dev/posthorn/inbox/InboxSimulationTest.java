package dev.posthorn.inbox;

import org.junit.jupiter.api.Test;

/**
 * Searches seeded interleavings of everything that can happen to the nodes of an application for events that are handled twice, not
 * at all, or out of their order.
 *
 * <p>{@code -Dsimulation.seeds=100000} searches longer, {@code -Dsimulation.first=1} elsewhere; {@code -Dsimulation.replay=<seed>}
 * prints what happens in one run.
 */
class InboxSimulationTest {

    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);

    @Test
    void everyPromiseIsKeptInEveryRun() {
        Long replay = Long.getLong("simulation.replay");
        if (replay != null) {
            InboxSimulation.replay(replay, System.out);
            return;
        }
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            InboxSimulation.run(seed);
        }
    }
}
