package dev.posthorn.relay;

import java.util.List;
import java.util.SplittableRandom;

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

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    int of(int... choices) {
        return choices[below(choices.length)];
    }
}
