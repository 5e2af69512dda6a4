package dev.posthorn.jpa.statement;

import java.util.function.IntUnaryOperator;

/** Does as much as is wanted in transactions of a bounded size. */
public final class Batches {

    /** The most rows that one transaction takes or deletes. */
    static final int MAX_BATCH = 500;

    private Batches() {}

    /**
     * Does as much as wanted, or as there is.
     *
     * @param batch does at most so much, and answers how much; less if there is no more
     */
    public static int upTo(int limit, IntUnaryOperator batch) {
        int done = 0;
        int most;
        int found;
        do {
            most = Math.min(limit - done, MAX_BATCH);
            found = most == 0 ? 0 : batch.applyAsInt(most);
            done += found;
        } while (found == most && done < limit);
        return done;
    }
}
