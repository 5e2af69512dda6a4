package dev.posthorn.inbox;

import dev.posthorn.log.Printable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A task that runs again, at its own pace, until it is over. Unexpected failures are counted; after a few of them it is given up. */
final class RepeatableTask implements Task {

    /** After so many unexpected failures, within about eight seconds, a task is given up. */
    static final int MOST_FAILURES = 5;

    private final Task task;
    private final Backoff backoff;
    private int failures;
    private @Nullable Throwable failure;

    RepeatableTask(Task task, LongSupplier nanoTime) {
        this.task = task;
        this.backoff = new Backoff(nanoTime);
    }

    @Override
    public @Nullable String key() {
        return task.key();
    }

    @Override
    public Outcome run() {
        try {
            return failure != null && failures >= MOST_FAILURES ? giveUp(failure) : task.run();
        } catch (Throwable e) {
            failures++;
            failure = e;
            InboxLog.taskFailed(task, failures, e);
            return Outcome.POSTPONED;
        }
    }

    @Override
    public Outcome giveUp(Throwable why) {
        return task.giveUp(why);
    }

    /** Lets it rest, longer each time. */
    long rest() {
        backoff.begin();
        return backoff.until();
    }

    @Override
    public String toString() {
        return Printable.text(task);
    }
}
