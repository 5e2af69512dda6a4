package dev.posthorn.inbox;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A task that does what a test wants. */
record SampleTask(String name, @Nullable String key, Supplier<Outcome> work) implements Task {

    static SampleTask of(String name, @Nullable String key) {
        return new SampleTask(name, key, () -> Outcome.DONE);
    }

    @Override
    public Outcome run() {
        return work.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
