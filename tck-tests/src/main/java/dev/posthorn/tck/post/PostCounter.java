package dev.posthorn.tck.post;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** Sends in a transaction of the EJB container. */
@Stateless
public class PostCounter {

    @Inject
    private Desk desk;

    @Inject
    private Event<Letter> letters;

    public void send(String text, boolean changeOfMind) {
        desk.write(text);
        letters.fire(new Letter(text));
        if (changeOfMind) {
            throw new IllegalStateException("the sender changed his mind");
        }
    }
}
