package dev.posthorn.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * A managed thread for each task. Not the application's pool: its default is a single thread on some servers, and a send that blocks
 * must not hold up anybody else.
 *
 * @param context runs tasks where handlers find the application's names: a server's factory may give out threads that know none
 */
record ManagedThreads(ThreadFactory factory, Executor context) implements Executor {

    @Override
    public void execute(Runnable task) {
        Thread thread;
        try {
            thread = factory.newThread(() -> context.execute(task));
        } catch (IllegalStateException e) {
            throw new RejectedExecutionException(
                    "The server gives out no more managed threads: the application is stopping.", e);
        }
        if (thread == null) {
            throw new RejectedExecutionException("The server refused a managed thread.");
        }
        thread.setName("posthorn");
        thread.start();
    }
}
