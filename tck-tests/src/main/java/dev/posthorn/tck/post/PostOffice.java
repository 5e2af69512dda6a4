package dev.posthorn.tck.post;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Sends in a transaction of Jakarta Transactions' interceptor. */
@ApplicationScoped
public class PostOffice {

    @Inject
    private Desk desk;

    @Inject
    private Event<Letter> letters;

    @Transactional
    public void send(String text, boolean changeOfMind) {
        desk.write(text);
        letters.fire(new Letter(text));
        if (changeOfMind) {
            throw new IllegalStateException("the sender changed his mind");
        }
    }
}
