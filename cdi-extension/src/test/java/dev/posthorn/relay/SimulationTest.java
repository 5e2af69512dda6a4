package dev.posthorn.relay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Searches seeded interleavings of everything that can happen to the nodes of an application for lost, overtaken, duplicated and stuck events.
 *
 * <p>{@code -Dsimulation.seeds=100000} searches longer, {@code -Dsimulation.first=1} elsewhere; {@code -Dsimulation.replay=<seed>}
 * prints what happens in one run.
 */
class SimulationTest {

    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 2000);

    /** Runs in which a promise was broken once, and why. */
    @ParameterizedTest
    @CsvSource({
        "609, behind one ahead whose answer was older than what had become visible since",
        "13880, one that is behind in its lane counted as finished",
        "79, what was on its way was put away",
        "282, a key went on while it was being put away",
        "24, in a pause only what may go already was probed",
        "152, what was left to the table was not read while memory was half full",
        "178, nobody woke the sender when marks had made room",
        "165, a read under way filled the memory of a cancelled channel",
        "1424, a long key was released in small parts with long pauses"
    })
    void whatHasGoneWrongOnceDoesNotAgain(long seed, String what) {
        Simulation.run(seed);
    }

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
