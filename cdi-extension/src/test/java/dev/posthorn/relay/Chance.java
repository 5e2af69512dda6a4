package dev.posthorn.relay;

import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The dice of one simulated run: the same seed throws the same numbers. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** One of those that are eligible, if any is. */
    <T> @Nullable T of(Collection<T> choices, Predicate<T> eligible) {
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

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    int of(int... choices) {
        return choices[below(choices.length)];
    }
}
