package dev.posthorn.tck.inbox;

import dev.posthorn.EventMiddleware;
import dev.posthorn.HandlingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Stands around the handlers of orders, outside the transaction. */
@ApplicationScoped
@Priority(EventMiddleware.TRANSACTION_PRIORITY - 1)
public class Auditor implements EventMiddleware<OrderArrived> {

    @Inject
    private Desk desk;

    @Inject
    private Visit visit;

    @Override
    public void around(OrderArrived event, HandlingContext context, Next next) throws Exception {
        if (event.text().startsWith("ignored")) {
            desk.note(event.order(), "ignored");
            return;
        }
        desk.note(event.order(), "begin");
        next.proceed();
        desk.note(event.order(), "end");
    }

    @Override
    public void failed(OrderArrived event, HandlingContext context, Throwable failure) {
        desk.note(event.order(), "failed " + context.attempt() + ": " + failure.getMessage());
    }

    @Override
    public WhenExhausted exhausted(OrderArrived event, HandlingContext context, Throwable failure) {
        visit.begin();
        return event.text().startsWith("hopeless") ? WhenExhausted.ACKNOWLEDGE : WhenExhausted.UNDECIDED;
    }
}
