package dev.posthorn.health;

import dev.posthorn.config.HealthConfig;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.InboxOperatorStore.Overdue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether received events are overdue for longer than anybody can want, on whichever node. Those that are tried again later, that wait
 * for others of their key, or that are dead do not count: nodes do all that they can for them.
 */
public final class InboxBacklog {

    private static final String OLDEST = ".oldest-overdue-seconds";
    private static final String PAUSED = ".paused";
    private static final String RECEIVED = "received-";

    private final Supplier<Optional<InboxOperatorStore>> store;
    private final Supplier<Optional<String>> consumer;
    private final Supplier<Set<String>> paused;
    private final HealthConfig config;

    /**
     * @param store empty if nobody can look into the store
     * @param consumer for whom events are received; empty if none are
     * @param paused the channels that operators have paused
     */
    public InboxBacklog(
            Supplier<Optional<InboxOperatorStore>> store,
            Supplier<Optional<String>> consumer,
            Supplier<Set<String>> paused,
            HealthConfig config) {
        this.store = store;
        this.consumer = consumer;
        this.paused = paused;
        this.config = config;
    }

    /** Asks the store, and adds what it says. */
    boolean isInTime(Map<String, Object> data) {
        return consumer.get()
                .flatMap(known -> store.get().map(all -> isInTime(all, known, data)))
                .orElse(true);
    }

    private boolean isInTime(InboxOperatorStore all, String known, Map<String, Object> data) {
        boolean inTime = true;
        for (Overdue overdue : all.overdue(known)) {
            String channel = overdue.channel();
            data.put(channel + OLDEST, overdue.age().toSeconds());
            if (paused.get().contains(channel)) {
                data.put(channel + PAUSED, true);
            } else {
                inTime &= overdue.age().compareTo(config.backlogAgeOf(channel)) <= 0;
            }
        }
        HeldCounts.add(data, RECEIVED, all.held(known, HeldCounts.MOST));
        return inTime;
    }
}
