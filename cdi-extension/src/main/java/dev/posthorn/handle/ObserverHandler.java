package dev.posthorn.handle;

import dev.posthorn.HandlingContext;
import dev.posthorn.Received;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An observer that declares {@link Received}. It is notified itself rather than through an event, which others would observe as well, the
 * one that publishes among them.
 */
record ObserverHandler(String name, ObserverMethod<?> observer, Class<?> eventClass) implements Handler {

    @Override
    public int priority() {
        return observer.getPriority();
    }

    @Override
    @SuppressWarnings("unchecked") // it observes the event's class
    public void handle(Object event, HandlingContext context) {
        ((ObserverMethod<Object>) observer).notify(new ReceivedEventContext(event));
    }

    /** An observer has no way to say how it is compensated. */
    @Override
    public void compensate(Object event, HandlingContext context) {}

    private record ReceivedEventContext(Object event) implements EventContext<Object>, EventMetadata {

        @Override
        public Object getEvent() {
            return event;
        }

        @Override
        public EventMetadata getMetadata() {
            return this;
        }

        @Override
        public Set<Annotation> getQualifiers() {
            return Set.of(Received.Literal.INSTANCE, Any.Literal.INSTANCE);
        }

        @Override
        public @Nullable InjectionPoint getInjectionPoint() {
            return null;
        }

        @Override
        public Type getType() {
            return event.getClass();
        }
    }
}
