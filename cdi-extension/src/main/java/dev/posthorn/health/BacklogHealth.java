package dev.posthorn.health;

import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.config.HealthConfig;
import dev.posthorn.node.Membership;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.OperatorStore.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether events wait for longer than anybody can want, on whichever node of the application. The store is asked once in a few
 * seconds, however often this is.
 */
public final class BacklogHealth {

    static final Duration MEMORY = Duration.ofSeconds(5);

    private static final String OLDEST = ".oldest-unsent-seconds";
    private static final String NOBODYS = ".nobodys-oldest-seconds";

    private final Supplier<Optional<OperatorStore>> store;
    private final Membership membership;
    private final Supplier<Map<String, ChannelStatus>> channels;
    private final InboxBacklog inbox;
    private final HealthConfig config;
    private final BooleanSupplier running;
    private final LongSupplier nanoClock;
    private @Nullable Verdict known;
    private long knownSince;

    /**
     * @param store empty if nobody can look into the store
     * @param channels how the channels of this node are
     * @param inbox what is to be handled
     * @param running whether this node has been started and not stopped: before, there may be no tables
     */
    public BacklogHealth(
            Supplier<Optional<OperatorStore>> store,
            Membership membership,
            Supplier<Map<String, ChannelStatus>> channels,
            InboxBacklog inbox,
            HealthConfig config,
            BooleanSupplier running,
            LongSupplier nanoClock) {
        this.store = store;
        this.membership = membership;
        this.channels = channels;
        this.inbox = inbox;
        this.config = config;
        this.running = running;
        this.nanoClock = nanoClock;
    }

    /** An operator's pause is no fault: what waits for it does not count. What could not be found out does not either. */
    public synchronized Verdict backlog() {
        if (!running.getAsBoolean()) {
            return new Verdict(true, Map.of("running", false));
        }
        long now = nanoClock.getAsLong();
        Verdict verdict = known;
        if (verdict == null || now - knownSince >= MEMORY.toNanos()) {
            verdict = look();
            known = verdict;
            knownSince = now;
        }
        return verdict;
    }

    private Verdict look() {
        Findings findings = new Findings(channels.get());
        findings.channels();
        try {
            List<Backlog> backlog = store.get()
                    .map(all -> all.backlog(membership.node().application()))
                    .orElse(List.of());
            backlog.forEach(findings::add);
        } catch (RuntimeException e) {
            findings.unknown(e);
        }
        try {
            findings.up &= inbox.isInTime(findings.data);
        } catch (RuntimeException e) {
            findings.unknown(e);
        }
        return new Verdict(findings.up, findings.data);
    }

    private final class Findings {

        private final Map<String, ChannelStatus> status;
        private final Map<String, Object> data = new TreeMap<>();
        private boolean up = true;

        Findings(Map<String, ChannelStatus> status) {
            this.status = status;
        }

        void channels() {
            status.forEach((channel, each) -> {
                up &= each.isUsable();
                if (each.cancelled()) {
                    data.put(channel + ".cancelled", true);
                }
                if (each.leftToOthers()) {
                    data.put(channel + ".left-to-others", "it fails on this node while others deliver");
                }
                if (each.suspended()) {
                    data.put(channel + ".paused", true);
                }
            });
        }

        void add(Backlog backlog) {
            String channel = backlog.channel();
            ChannelStatus here = status.get(channel);
            boolean tooOld = backlog.age().compareTo(config.backlogAgeOf(channel)) > 0;
            boolean paused = here != null && here.suspended();
            if (tooOld && (!paused || !backlog.ownerLives())) {
                up = false;
            }
            oldest(channel + OLDEST, backlog.age());
            if (!backlog.ownerLives()) {
                oldest(channel + NOBODYS, backlog.age());
            }
        }

        /** Without the text, which may be long, and is in the log as soon as anything else asks the store. */
        void unknown(RuntimeException error) {
            data.put("unknown", "the store does not answer: " + error.getClass().getName());
        }

        private void oldest(String name, Duration age) {
            data.merge(name, age.toSeconds(), (one, other) -> Math.max((Long) one, (Long) other));
        }
    }
}
