package dev.posthorn.runtime;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;

/** Starts Posthorn before the application's own beans do anything, and stops it while channels and data sources still work. */
@ApplicationScoped
public class Lifecycle {

    private static final int BEFORE_OTHERS = 1;

    @Inject
    private Posthorn posthorn;

    void start(@Observes @Priority(BEFORE_OTHERS) Startup startup) {
        posthorn.start();
    }

    void stop(@Observes @Priority(BEFORE_OTHERS) @BeforeDestroyed(ApplicationScoped.class) Object context) {
        posthorn.stop();
    }
}
