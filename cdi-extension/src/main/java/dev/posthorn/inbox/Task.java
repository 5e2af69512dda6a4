package dev.posthorn.inbox;

import org.jspecify.annotations.Nullable;

/** Something to be done with one event. */
interface Task {

    /** How a task ended. */
    enum Outcome {
        DONE,
        /** The store was away, and the task is over all the same: its entry is in the table, and will be due again. */
        LEFT,
        /** The store was away: the task is to be run again later, and nothing of its key before it. */
        AGAIN
    }

    /** Tasks of one key are run one after the other, in their order; others at once. */
    @Nullable
    String key();

    Outcome run();
}
