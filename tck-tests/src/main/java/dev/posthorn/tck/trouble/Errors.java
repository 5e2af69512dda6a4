package dev.posthorn.tck.trouble;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** What code throws that is broken rather than unlucky. */
public final class Errors {

    private static final List<Function<String, Error>> KINDS = List.of(
            AssertionError::new,
            NoClassDefFoundError::new,
            LinkageError::new,
            StackOverflowError::new,
            OutOfMemoryError::new);

    private Errors() {}

    public static void throwAny() {
        throw KINDS.get(ThreadLocalRandom.current().nextInt(KINDS.size())).apply("thrown on purpose");
    }
}
