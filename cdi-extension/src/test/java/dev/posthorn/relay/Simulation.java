package dev.posthorn.relay;

import dev.posthorn.simulation.Trace;
import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/** Makes runs, and says how to see again what has gone wrong. */
final class Simulation {

    /** Thousands of outages would fill the log. Kept here, since a logger that nobody refers to forgets its level. */
    private static final Logger SILENCED = Logger.getLogger("dev.posthorn");

    static {
        silenceTheLog();
    }

    private Simulation() {}

    static void silenceTheLog() {
        SILENCED.setLevel(Level.OFF);
    }

    static void run(long seed) {
        run(seed, 1);
    }

    /** @param inFlightPerKey with more than one, order may break, and nothing else */
    static void run(long seed, int inFlightPerKey) {
        try {
            new World(seed, Bug.NONE, new Trace(false), inFlightPerKey).run();
        } catch (Throwable e) {
            throw new AssertionError(
                    "Seed " + seed + ": " + e.getMessage()
                            + ". To see it: ./mvnw -pl cdi-extension -am test -Dsurefire.failIfNoSpecifiedTests=false"
                            + " -Dtest=SimulationTest -Dsimulation.replay=" + seed,
                    e);
        }
    }

    static void replay(long seed, PrintStream out) {
        Trace trace = new Trace(true);
        try {
            new World(seed, Bug.NONE, trace).run();
        } finally {
            out.println(trace);
        }
    }

    /** The same without a bug around the engine, since there is one in it. */
    static OptionalLong findSeed(long known, int seeds) {
        return findSeed(Bug.NONE, known, seeds);
    }

    /**
     * A seed whose run breaks a promise because of this bug.
     *
     * @param known one that did so once, tried first; after changes of the simulation or the engine it may do so no more
     * @param seeds how many others are tried
     */
    static OptionalLong findSeed(Bug bug, long known, int seeds) {
        return LongStream.concat(LongStream.of(known), LongStream.range(0, seeds))
                .filter(seed -> {
                    try {
                        new World(seed, bug, new Trace(false)).run();
                        return false;
                    } catch (AssertionError e) {
                        return true;
                    }
                })
                .findFirst();
    }
}
