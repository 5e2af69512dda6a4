package dev.posthorn.relay;

import dev.posthorn.simulation.Chance;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Stores, transports, classifiers and observers are written by others: they may throw anything, and answer with nothing. */
final class ForeignCode {

    private static final String SIMULATED = "simulated";

    private final Chance chance;
    private final IntPredicate strikes;

    /** @param strikes whether something of the kind happens now, in one of so many cases */
    ForeignCode(Chance chance, IntPredicate strikes) {
        this.chance = chance;
        this.strikes = strikes;
    }

    boolean strikes(int oneIn) {
        return strikes.test(oneIn);
    }

    void mayThrow(int oneIn) {
        if (strikes(oneIn)) {
            throw error();
        }
    }

    Error error() {
        return switch (chance.below(3)) {
            case 0 -> new OutOfMemoryError(SIMULATED);
            case 1 -> new NoClassDefFoundError(SIMULATED);
            default -> new StackOverflowError(SIMULATED);
        };
    }

    <T> @Nullable T orNothing(T answer, int oneIn) {
        return strikes(oneIn) ? null : answer;
    }

    /** Whether it is from here; what has made something of nothing has failed in its own way. */
    static boolean isSimulated(Throwable error) {
        return SIMULATED.equals(error.getMessage()) || error instanceof NullPointerException;
    }
}
