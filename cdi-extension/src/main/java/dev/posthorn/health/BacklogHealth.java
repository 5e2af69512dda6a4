package dev.posthorn.health;

import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.channel.HeldDestination;
import dev.posthorn.config.HealthConfig;
import dev.posthorn.config.HealthConfig.BacklogCheck;
import dev.posthorn.node.Membership;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.OperatorStore.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports whether events have waited unacceptably long, on any node of the application. The store is asked once in a few seconds and
 * by one thread, however many ask this: if it hangs, the others are given the last verdict.
 */
public final class BacklogHealth {

    static final Duration MEMORY = Duration.ofSeconds(5);

    private static final int MOST_NAMED = 10;

    private static final String OLDEST = ".oldest-unsent-seconds";
    private static final String LATE = ".too-old";
    private static final String NOBODYS = ".nobodys-oldest-seconds";

    private final Supplier<Optional<OperatorStore>> store;
    private final Membership membership;
    private final Supplier<Map<String, ChannelStatus>> channels;
    private final InboxBacklog inbox;
    private final HealthConfig config;
    private final BooleanSupplier running;
    private final LongSupplier nanoClock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Verdict known;
    private long knownSince;
    private volatile Set<String> late = Set.of();

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

    /**
     * An operator's pause is no fault: what waits for it does not count. What could not be found out does not either. Only a check that is
     * configured to be red can be red.
     */
    public Verdict backlog() {
        if (!running.getAsBoolean()) {
            return new Verdict(true, Map.of("running", false));
        }
        if (looking.tryLock()) {
            try {
                lookAfter(MEMORY);
            } finally {
                looking.unlock();
            }
        }
        Verdict verdict = known;
        return verdict == null ? new Verdict(true, Map.of("unknown", "the store has not answered yet")) : verdict;
    }

    /** To be called from time to time, so that the log shows a backlog that nobody asks for. A node with nothing to do asks nothing. */
    public void watch() {
        boolean busy = channels.get().values().stream().anyMatch(each -> each.events() > 0);
        if (busy || !late.isEmpty()) {
            backlog();
        }
    }

    private void lookAfter(Duration age) {
        long now = nanoClock.getAsLong();
        if (known == null || now - knownSince >= age.toNanos()) {
            known = look();
            knownSince = now;
        }
    }

    private Verdict look() {
        Findings findings = new Findings(channels.get());
        findings.channels();
        try {
            store.get().ifPresent(all -> look(all, findings));
            log(findings.late);
        } catch (RuntimeException e) {
            findings.unknown(e);
        }
        try {
            findings.up &= inbox.isInTime(findings.data);
        } catch (RuntimeException e) {
            findings.unknown(e);
        }
        boolean mayBeRed = config.backlog() == BacklogCheck.READINESS || config.backlog() == BacklogCheck.LIVENESS;
        return new Verdict(findings.up || !mayBeRed, findings.data);
    }

    private void look(OperatorStore all, Findings findings) {
        String application = membership.node().application();
        all.backlog(application).forEach(findings::add);
        HeldCounts.add(findings.data, "", all.held(application, HeldCounts.MOST));
    }

    private void log(Map<String, Duration> found) {
        found.forEach((channel, age) -> {
            if (!late.contains(channel)) {
                HealthLog.late(channel, age, config.backlogAgeOf(channel));
            }
        });
        late.stream().filter(channel -> !found.containsKey(channel)).forEach(HealthLog::inTimeAgain);
        late = Set.copyOf(found.keySet());
    }

    private final class Findings {

        private final Map<String, ChannelStatus> status;
        private final Map<String, Object> data = new TreeMap<>();
        private final Map<String, Duration> late = new TreeMap<>();
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
                if (!each.held().isEmpty()) {
                    data.put(channel + ".held", held(each.held()));
                }
            });
        }

        /** Topics that take nothing, and why; it turns nothing red, since the age of what waits for them does. */
        private static String held(List<HeldDestination> held) {
            String first = held.stream()
                    .limit(MOST_NAMED)
                    .map(each -> "'" + each.topic() + "': " + each.error())
                    .collect(Collectors.joining("; "));
            return held.size() <= MOST_NAMED ? first : first + "; and " + (held.size() - MOST_NAMED) + " more";
        }

        void add(Backlog backlog) {
            String channel = backlog.channel();
            ChannelStatus here = status.get(channel);
            boolean tooOld = backlog.age().compareTo(config.backlogAgeOf(channel)) > 0;
            boolean paused = here != null && here.suspended();
            if (tooOld && (!paused || !backlog.ownerLives())) {
                up = false;
                data.put(channel + LATE, true);
                late.merge(channel, backlog.age(), (one, other) -> one.compareTo(other) > 0 ? one : other);
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
