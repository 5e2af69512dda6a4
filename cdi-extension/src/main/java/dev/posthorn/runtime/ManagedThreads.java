package dev.posthorn.runtime;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A managed thread for each task. Not the application's pool: its default is a single thread on some servers, and a send that blocks
 * must not hold up anybody else.
 */
@ApplicationScoped
@Typed(ManagedThreads.class)
public class ManagedThreads implements Executor {

    @Resource
    private ManagedThreadFactory factory;

    @Resource
    private ContextService contexts;

    private Executor application;

    @PostConstruct
    void keepContext() {
        application = contexts.currentContextExecutor();
    }

    @Override
    public void execute(Runnable task) {
        Thread thread;
        try {
            thread = factory.newThread(() -> begin(task));
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

    /**
     * Some factories give out threads on which handlers would not find the names of their application: WildFly's, Open Liberty's at times.
     * Others are left as they are: the context that we have may be that of an EJB, in which Payara allows no transactions.
     */
    private void begin(Runnable task) {
        if (ApplicationName.isVisible()) {
            task.run();
            return;
        }
        AtomicBoolean begun = new AtomicBoolean();
        try {
            application.execute(() -> {
                begun.set(true);
                task.run();
            });
        } catch (RuntimeException | Error e) {
            if (begun.get()) {
                throw e;
            }
            // Whoever waits for the task would wait for ever; handlers that need the application's names say so
            // themselves.
            task.run();
        }
    }
}
