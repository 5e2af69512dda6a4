package dev.posthorn.tck.fate;

import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.tck.shop.Shop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** What is done in a transaction. */
@ApplicationScoped
public class Fates {

    @Inject
    private Shop shop;

    @Inject
    private Event<Closing> closing;

    @Inject
    private OutboxOperator outbox;

    /** Buys, and tells of it at that moment. */
    void buy(String id, Moment moment) {
        switch (moment) {
            case USUAL -> {
                shop.buy(id);
                shop.place(id, "usual");
            }
            case FLUSHED -> {
                shop.buy(id);
                shop.flush();
                shop.place(id, "flushed");
            }
            case BEFORE_COMPLETION -> {
                shop.buy(id);
                closing.fire(new Closing(id));
            }
            case IN_FLUSH_TOO -> {
                shop.place(id, "usual");
                shop.buy(id, "fire in PostPersist");
            }
            case IN_FLUSH -> shop.buy(id, "fire in PostPersist");
        }
    }

    void tell(@Observes(during = TransactionPhase.BEFORE_COMPLETION) Closing end) {
        shop.place(end.id(), "before completion");
    }

    /** An operator's call with a transaction of its own, in the midst of one that fails. */
    void operateAndFail(String id) {
        shop.buy(id);
        shop.flush();
        outbox.park("posthorn", "a key of nobody");
        throw new IllegalStateException("the business changed its mind");
    }
}
