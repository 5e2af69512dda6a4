package dev.posthorn.handle;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.HandlingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The event that this thread handles. */
public final class CurrentHandling {

    private static final ThreadLocal<@Nullable HandlingContext> CURRENT = new ThreadLocal<>();

    private CurrentHandling() {}

    public static Optional<HandlingContext> context() {
        return Optional.ofNullable(CURRENT.get());
    }

    static void during(HandlingContext context, Next work) throws Exception {
        HandlingContext outer = CURRENT.get();
        CURRENT.set(context);
        try {
            work.proceed();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }
}
