package dev.posthorn.relay;

import org.junit.jupiter.api.Test;

/**
 * Searches seeded interleavings of everything that can happen to one node for lost, overtaken, duplicated and stuck events.
 *
 * <p>{@code -Dsimulation.seeds=100000} searches longer, {@code -Dsimulation.first=1} elsewhere; {@code -Dsimulation.replay=<seed>}
 * prints what happens in one run.
 */
class SimulationTest {

    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 3000);

    @Test
    void everyPromiseIsKeptInEveryRun() {
        Long replay = Long.getLong("simulation.replay");
        if (replay != null) {
            Simulation.replay(replay, System.out);
            return;
        }
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Simulation.run(seed);
        }
    }
}
