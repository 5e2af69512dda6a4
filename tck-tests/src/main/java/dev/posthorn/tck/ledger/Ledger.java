package dev.posthorn.tck.ledger;

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

    @Inject
    @Outbox
    private EntityManager em;

    @Inject
    private Event<Counted> counted;

    @Inject
    private Event<Uncounted> uncounted;

    /** Creates the counters of these keys. */
    @Transactional
    public void open(List<String> keys) {
        if (em.find(LedgerEntry.class, TAKEN) == null) {
            em.persist(new LedgerEntry(TAKEN, TAKEN, 0));
        }
        keys.forEach(key -> em.persist(new Counter(key)));
    }

    /**
     * Takes the next numbers of a key and fires an event for each, and one that is not counted.
     *
     * @param write the ids of all its entries begin so
     * @return false if somebody else is taking numbers of that key: nothing was done
     */
    @Transactional
    public boolean write(String key, String write, int numbers, Ending ending) {
        List<?> last = em.createNativeQuery("SELECT number FROM counter WHERE id = ?1 FOR UPDATE SKIP LOCKED")
                .setParameter(1, key)
                .getResultList();
        if (last.isEmpty()) {
            return false;
        }
        em.createNativeQuery("UPDATE counter SET number = number + ?2 WHERE id = ?1")
                .setParameter(1, key)
                .setParameter(2, numbers)
                .executeUpdate();
        fireNumbers(key, ((Number) last.get(0)).longValue(), write, numbers);
        end(ending);
        return true;
    }

    private void fireNumbers(String key, long last, String write, int numbers) {
        String extra = write + ":extra";
        em.persist(new LedgerEntry(extra, key, 0));
        uncounted.fire(new Uncounted(key, extra));
        for (long number = last + 1; number <= last + numbers; number++) {
            String entry = write + ":" + number;
            em.persist(new LedgerEntry(entry, key, number));
            counted.fire(new Counted(key, number, entry));
        }
    }

    private void end(Ending ending) {
        switch (ending) {
            case COMMIT -> {
                // Nothing stands in its way.
            }
            case EXCEPTION -> throw new IllegalStateException("the business changed its mind");
            case DUPLICATE -> em.persist(new LedgerEntry(TAKEN, TAKEN, 0));
            default -> throw new IllegalArgumentException("Unknown ending: " + ending);
        }
    }
}
