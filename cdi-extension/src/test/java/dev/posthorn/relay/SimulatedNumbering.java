package dev.posthorn.relay;

import dev.posthorn.simulation.Chance;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What the store says of the numbers that it gives to events: often all of them, in some runs none, or sometimes none. Where the code of
 * others may fail, some answers are not what was promised. Has dice of its own.
 */
final class SimulatedNumbering {

    private static final int NEVER = 0;

    private final Chance chance;
    private final boolean mayBeWrong;
    private final BooleanSupplier isOver;

    /** In one of so many cases it says nothing. */
    private final int silence;

    /** @param isOver whether nothing goes wrong any more */
    SimulatedNumbering(Chance chance, boolean mayBeWrong, BooleanSupplier isOver) {
        this.chance = chance;
        this.mayBeWrong = mayBeWrong;
        this.isOver = isOver;
        this.silence = chance.of(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, 1, 3);
    }

    /** Whether all numbers are said. */
    boolean isComplete() {
        return silence == NEVER;
    }

    List<Long> said(List<Long> numbers) {
        if (mayBeWrong && !isOver.getAsBoolean() && chance.oneIn(20)) {
            return wrong(numbers);
        }
        return silence != NEVER && chance.oneIn(silence) ? List.of() : numbers;
    }

    /** Not all of them, or those that other events may have had before. */
    private List<Long> wrong(List<Long> numbers) {
        return chance.oneIn(2)
                ? numbers.subList(1, numbers.size())
                : numbers.stream().map(number -> -number).toList();
    }

    @Override
    public String toString() {
        return "The store says numbers " + (isComplete() ? "always" : silence == 1 ? "never" : "most of the time");
    }
}
