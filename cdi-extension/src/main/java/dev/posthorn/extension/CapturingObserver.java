package dev.posthorn.extension;

import dev.posthorn.IntegrationEvent;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Is shown every event of the application. A class of our own, because what an observer throws that was made with the container's
 * configurator reaches whoever fired wrapped into an {@code ObserverException}.
 */
record CapturingObserver(int priority, boolean async, Consumer<Object> capture) implements ObserverMethod<Object> {

    // Not the limits of int: Weld subtracts priorities to compare them, and an overflow calls the last observer first.
    private static final int FARTHEST = 1_000_000_000;

    static CapturingObserver beforeAllOthers(Consumer<Object> capture) {
        return new CapturingObserver(-FARTHEST, false, capture);
    }

    static CapturingObserver afterAllOthers(Consumer<Object> capture) {
        return new CapturingObserver(FARTHEST, false, capture);
    }

    static CapturingObserver asynchronous(Consumer<Object> capture) {
        return new CapturingObserver(DEFAULT_PRIORITY, true, capture);
    }

    @Override
    public void notify(EventContext<Object> context) {
        Object event = context.getEvent();
        // Most events are none of ours, and some are fired before any bean can be asked.
        if (event.getClass().isAnnotationPresent(IntegrationEvent.class)) {
            capture.accept(event);
        }
    }

    @Override
    public int getPriority() {
        return priority;
    }

    @Override
    public boolean isAsync() {
        return async;
    }

    @Override
    public Class<?> getBeanClass() {
        return PosthornExtension.class;
    }

    @Override
    public Type getObservedType() {
        return Object.class;
    }

    @Override
    public Set<Annotation> getObservedQualifiers() {
        return Set.of();
    }

    @Override
    public Reception getReception() {
        return Reception.ALWAYS;
    }

    @Override
    public TransactionPhase getTransactionPhase() {
        return TransactionPhase.IN_PROGRESS;
    }
}
