package dev.posthorn.tck.ledger;

import dev.posthorn.IntegrationEvents;
import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;

/** Gives numbers away, and tells the world of them. */
@ApplicationScoped
public class Ledger {

    /** An entry that is always there: another one can't be written. */
    public static final String TAKEN = "taken";

    /** A table that refuses each row at the COMMIT, in the way that its column {@code ending} says. */
    public static final String LATE = "late_refusal";

    private static final int ONE_IN_FLUSH = 3;

    @Inject
    @Outbox
    private EntityManager em;

    @Inject
    private Event<Counted> counted;

    @Inject
    private Event<Uncounted> uncounted;

    @Inject
    private IntegrationEvents events;

    /** Creates the counters of these keys, unless they are there. */
    @Transactional
    public void open(List<String> keys) {
        if (em.find(LedgerEntry.class, TAKEN) == null) {
            em.persist(new LedgerEntry(TAKEN, TAKEN, 0));
        }
        keys.stream().filter(key -> em.find(Counter.class, key) == null).forEach(key -> em.persist(new Counter(key)));
    }

    /**
     * Takes the next numbers of a key and fires an event for each, and some that are not counted. The last one of both kinds is
     * fired in the flush, in one of three writes.
     *
     * @return false if somebody else is taking numbers of that key: nothing was done
     */
    @Transactional
    public boolean write(Order order) {
        List<?> last = em.createNativeQuery("SELECT number FROM counter WHERE id = ?1 FOR UPDATE SKIP LOCKED")
                .setParameter(1, order.key())
                .getResultList();
        if (last.isEmpty()) {
            return false;
        }
        em.createNativeQuery("UPDATE counter SET number = number + ?2 WHERE id = ?1")
                .setParameter(1, order.key())
                .setParameter(2, order.numbers())
                .executeUpdate();
        boolean inFlush = order.write().hashCode() % ONE_IN_FLUSH == 0;
        fireExtras(order, inFlush);
        fireNumbers(order, ((Number) last.get(0)).longValue(), inFlush);
        end(order);
        return true;
    }

    private void fireExtras(Order order, boolean lastInFlush) {
        for (int i = 1; i <= order.extras(); i++) {
            String entry = order.write() + ":extra-" + i;
            Uncounted event = new Uncounted(order.key(), entry);
            enter(
                    new LedgerEntry(entry, order.key(), 0),
                    () -> fire(uncounted, event, order),
                    lastInFlush && i == order.extras());
        }
    }

    private void fireNumbers(Order order, long last, boolean lastInFlush) {
        for (long number = last + 1; number <= last + order.numbers(); number++) {
            String entry = order.write() + ":" + number;
            Counted event = new Counted(order.key(), number, entry);
            enter(
                    new LedgerEntry(entry, order.key(), number),
                    () -> fire(counted, event, order),
                    lastInFlush && number == last + order.numbers());
        }
    }

    private void enter(LedgerEntry entry, Runnable fire, boolean inFlush) {
        if (inFlush) {
            em.persist(entry.then(fire));
        } else {
            em.persist(entry);
            fire.run();
        }
    }

    private <T> void fire(Event<T> asUsual, T event, Order order) {
        if (order.topic() == null) {
            asUsual.fire(event);
        } else {
            events.draft(event).topic(order.topic()).publish();
        }
    }

    private void end(Order order) {
        switch (order.ending()) {
            case COMMIT -> {
                // Nothing stands in its way.
            }
            case EXCEPTION -> throw new IllegalStateException("the business changed its mind");
            case DUPLICATE -> em.persist(new LedgerEntry(TAKEN, TAKEN, 0));
            case DEFERRED_CONSTRAINT, SERIALIZATION_FAILURE, KILLED_CONNECTION ->
                em.createNativeQuery("INSERT INTO " + LATE + " (ending) VALUES (?1)")
                        .setParameter(1, order.ending().name())
                        .executeUpdate();
            default -> throw new IllegalArgumentException("Unknown ending: " + order.ending());
        }
    }
}
