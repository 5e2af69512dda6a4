package dev.posthorn.benchmarks.modulith;

import org.springframework.core.task.TaskDecorator;

/** Lets a backlog gather: while it is shut, what was to be done after a commit is forgotten, as in a crash. */
final class Gate implements TaskDecorator {

    private volatile boolean open;

    void open() {
        open = true;
    }

    void shut() {
        open = false;
    }

    @Override
    public Runnable decorate(Runnable task) {
        return () -> {
            if (open) {
                task.run();
            }
        };
    }
}
