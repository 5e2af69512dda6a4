package dev.posthorn.jpa.schema;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Executes statements of scripts, those alone that were not executed before. Each has a transaction of its own: some databases know no
 * others for DDL, and where one has ended halfway, or another node does the same at this moment, the next attempt goes on from there.
 */
final class Upgrade {

    private static final int ATTEMPTS = 3;

    /** H2 copies a table that it changes: for a moment, others find none. */
    private static final int PASSES = 5;

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** A statement that failed, and those after it. */
    record Failure(RuntimeException cause, List<Step> outstanding) {}

    private final Catalogue catalogue;
    private final Definer definer;

    Upgrade(Catalogue catalogue, Definer definer) {
        this.catalogue = catalogue;
        this.definer = definer;
    }

    /** Answers what could not be done. What another node is in the way of, or took away again by a failure of its own, is done a little later. */
    Optional<Failure> execute(List<Step> steps) {
        Optional<Failure> failure = inOrder(steps);
        long pause = FIRST_PAUSE;
        for (int pass = 1; pass < PASSES && failure.filter(Upgrade::mayPass).isPresent(); pass++) {
            LockSupport.parkNanos(pause);
            pause *= 2;
            failure = inOrder(steps);
        }
        return failure;
    }

    /** Whether it is worth another attempt. */
    private static boolean mayPass(Failure failure) {
        return !DdlProcedure.isFor(failure.cause());
    }

    private Optional<Failure> inOrder(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Optional<RuntimeException> failure = execute(steps.get(i));
            if (failure.isPresent()) {
                return Optional.of(new Failure(failure.get(), steps.subList(i, steps.size())));
            }
        }
        return Optional.empty();
    }

    /** Two nodes may start at once: who loses the race finds it done afterwards. */
    private Optional<RuntimeException> execute(Step step) {
        Optional<RuntimeException> failure = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (step.effect().isDone(catalogue)) {
                return Optional.empty();
            }
            failure = tryOnce(step);
            if (failure.isEmpty() || DdlProcedure.isFor(failure.get())) {
                return failure;
            }
        }
        return step.effect().isDone(catalogue) ? Optional.empty() : failure;
    }

    private Optional<RuntimeException> tryOnce(Step step) {
        try {
            definer.execute(step);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }
}
