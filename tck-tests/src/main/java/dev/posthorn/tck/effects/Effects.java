package dev.posthorn.tck.effects;

import dev.posthorn.HandlingContext;
import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.concurrent.ThreadLocalRandom;

/** Writes down what was done, and now and then fails afterwards. */
@ApplicationScoped
public class Effects {

    public static final String COUNTED = "counted";
    public static final String FIRST = "first";
    public static final String SECOND = "second";
    public static final String FIRST_UNDONE = "first undone";

    private static final int GOES_WRONG = 50;
    private static final int HOPELESS = 20;

    @Inject
    @Outbox
    private EntityManager em;

    /** Whether an event's second handler always fails, so that the first one has to be made up for. */
    public static boolean isHopeless(String entry) {
        return entry.hashCode() % HOPELESS == 0;
    }

    void write(String entry, String key, long number, String step, HandlingContext context) {
        em.persist(new Effect(entry, key, number, step, context.attempt()));
        em.flush();
        if (ThreadLocalRandom.current().nextInt(GOES_WRONG) == 0) {
            throw new IllegalStateException("This time it goes wrong.");
        }
    }
}
