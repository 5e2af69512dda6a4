package dev.posthorn.tck.post;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;

/** The business data. */
@ApplicationScoped
public class Desk {

    @Inject
    @Outbox
    private EntityManager em;

    @Inject
    private Event<Written> written;

    public void write(String text) {
        em.persist(new SentLetter(text));
        em.flush();
        written.fire(new Written(text));
    }

    void acknowledge(String receiver, String text) {
        em.persist(new Receipt(receiver, text));
    }

    /** The letters whose texts begin so. */
    @Transactional
    public List<String> written(String prefix) {
        return em.createQuery("SELECT l.text FROM SentLetter l WHERE l.text LIKE :prefix ORDER BY l.text", String.class)
                .setParameter("prefix", prefix + "%")
                .getResultList();
    }

    /** By whom letters whose texts begin so were received: one line each. */
    @Transactional
    public List<String> receipts(String prefix) {
        return em.createQuery(
                        "SELECT CONCAT(r.text, ' by ', r.receiver) FROM Receipt r WHERE r.text LIKE :prefix ORDER BY r.text",
                        String.class)
                .setParameter("prefix", prefix + "%")
                .getResultList();
    }
}
