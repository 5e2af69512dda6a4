package dev.posthorn.tck.effects;

import dev.posthorn.HandlingContext;
import dev.posthorn.Outbox;
import dev.posthorn.tck.trouble.Errors;
import dev.posthorn.tck.trouble.Trouble;
import dev.posthorn.tck.trouble.Troubles;
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

    private static final int SELDOM = 50;
    private static final int OFTEN = 2;
    private static final int HOPELESS = 20;

    @Inject
    @Outbox
    private EntityManager em;

    @Inject
    private Troubles troubles;

    /** Whether an event's second handler always fails, so that the first one has to be made up for. */
    public static boolean isHopeless(String entry) {
        return entry.hashCode() % HOPELESS == 0;
    }

    void write(String entry, String key, long number, String step, HandlingContext context) {
        em.persist(new Effect(entry, key, number, step, context.attempt()));
        em.flush();
        goWrong(number > 0 && troubles.has(Trouble.HANDLERS_THROW) ? OFTEN : SELDOM);
    }

    private static void goWrong(int onceIn) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextInt(onceIn) == 0) {
            fail(random.nextBoolean());
        }
    }

    static void fail(boolean byError) {
        if (byError) {
            Errors.throwAny();
        }
        throw new IllegalStateException("This goes wrong on purpose.");
    }
}
