package dev.posthorn.handle;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEventHandler;

/** A bean of {@link IntegrationEventHandler}. */
record BeanHandler(String name, BeanUse bean, Class<?> eventClass) implements Handler {

    @Override
    public int priority() {
        return bean.priority();
    }

    @Override
    public void handle(Object event, HandlingContext context) throws Exception {
        bean.with((IntegrationEventHandler<Object> handler) -> {
            handler.handle(event, context);
            return true;
        });
    }

    @Override
    public void compensate(Object event, HandlingContext context) throws Exception {
        bean.with((IntegrationEventHandler<Object> handler) -> {
            handler.compensate(event, context);
            return true;
        });
    }
}
