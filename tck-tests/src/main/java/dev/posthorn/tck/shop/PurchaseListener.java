package dev.posthorn.tck.shop;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostUpdate;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;

/** Fires in the midst of the persistence provider's flush, for purchases whose text asks for it. */
public class PurchaseListener {

    @PrePersist
    public void prePersist(Purchase purchase) {
        fire(purchase, "PrePersist");
    }

    @PostPersist
    public void postPersist(Purchase purchase) {
        fire(purchase, "PostPersist");
    }

    @PreUpdate
    public void preUpdate(Purchase purchase) {
        fire(purchase, "PreUpdate");
    }

    @PostUpdate
    public void postUpdate(Purchase purchase) {
        fire(purchase, "PostUpdate");
    }

    private static void fire(Purchase purchase, String moment) {
        if (purchase.text().equals("fire in " + moment)) {
            Event<Object> events = CDI.current().getBeanManager().getEvent();
            events.select(OrderPlaced.class).fire(new OrderPlaced(purchase.id(), moment));
        }
    }
}
