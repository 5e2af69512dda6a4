package dev.posthorn.tck.capture;

import dev.posthorn.tck.library.InjectedIntoEjb;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** Fires in the transaction that the EJB container begins. */
@Stateless
public class FiringEjb {

    @Inject
    private Event<InjectedIntoEjb> events;

    public void fire(String id) {
        events.fire(new InjectedIntoEjb(id));
    }
}
