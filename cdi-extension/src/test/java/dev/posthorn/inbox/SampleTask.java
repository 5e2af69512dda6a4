package dev.posthorn.inbox;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task that does what a test wants. */
record SampleTask(String name, @Nullable String key, Callable<Outcome> work, Consumer<Throwable> whenGivenUp)
        implements Task {

    SampleTask(String name, @Nullable String key, Callable<Outcome> work) {
        this(name, key, work, why -> {});
    }

    static SampleTask of(String name, @Nullable String key) {
        return new SampleTask(name, key, () -> Outcome.DONE);
    }

    @Override
    public Outcome run() {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Outcome giveUp(Throwable why) {
        whenGivenUp.accept(why);
        return Outcome.DONE;
    }

    @Override
    public String toString() {
        return name;
    }
}
