package dev.posthorn.simulation;

import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The dice of one simulated run: the same seed throws the same numbers. */
public final class Chance {

    private final SplittableRandom random;

    public Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** One of those that are eligible, if any is. */
    public <T> @Nullable T of(Collection<T> choices, Predicate<T> eligible) {
        int count = 0;
        for (T choice : choices) {
            count += eligible.test(choice) ? 1 : 0;
        }
        int skip = count == 0 ? -1 : below(count);
        for (T choice : choices) {
            if (eligible.test(choice) && skip-- == 0) {
                return choice;
            }
        }
        return null;
    }

    public <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    public int of(int... choices) {
        return choices[below(choices.length)];
    }
}
