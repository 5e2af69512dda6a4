package dev.posthorn.handle;

import dev.posthorn.EventMiddleware;
import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.HandlingContext;

/** A bean of {@link EventMiddleware}. */
record Middleware(BeanUse bean, Class<?> eventClass) {

    int priority() {
        return bean.priority();
    }

    /** Whether it stands around the handling of this event. */
    boolean standsAround(Object event) {
        return eventClass.isInstance(event);
    }

    void around(Object event, HandlingContext context, Next next) throws Exception {
        bean.with((EventMiddleware<Object> middleware) -> {
            middleware.around(event, context, next);
            return true;
        });
    }

    void failed(Object event, HandlingContext context, Throwable failure) throws Exception {
        bean.with((EventMiddleware<Object> middleware) -> {
            middleware.failed(event, context, failure);
            return true;
        });
    }

    WhenExhausted exhausted(Object event, HandlingContext context, Throwable failure) throws Exception {
        return bean.with((EventMiddleware<Object> middleware) -> middleware.exhausted(event, context, failure));
    }
}
