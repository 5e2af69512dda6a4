package dev.posthorn.inbox;

import org.jspecify.annotations.Nullable;

/** Something to be done with one event. */
interface Task {

    /** How a task ended. */
    enum Outcome {
        /** The task is over, and the store has answered. */
        DONE,
        /** The task is over, and has not heard from the store: nothing was asked, or its entry is in the table and will be due again. */
        LEFT,
        /** The store was away: the task has to run again later, and nothing of its key before it. Others wait for the store, too. */
        AGAIN,
        /** The task has to run again later for a reason of its own, and nothing of its key before it. Others go on. */
        POSTPONED
    }

    /** Tasks of one key run one after the other, in their order; others at once. */
    @Nullable
    String key();

    /** Whatever this throws is unexpected: the task runs again, but only so often. */
    Outcome run();

    /** The task has failed unexpectedly too often: keeps its event dead, so that others of its key need not wait for the task. */
    Outcome giveUp(Throwable why);
}
