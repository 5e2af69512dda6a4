package dev.posthorn.operate;

import dev.posthorn.node.Membership;
import dev.posthorn.operator.ChannelPause;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.watch.StoreWatch;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Sees to it that this node sends nothing on channels that are paused, whichever node they were paused on. */
public final class Pauses {

    private static final long NONE = -1;
    private static final String QUESTION = "tell which channels are paused";

    private final Supplier<Optional<OperatorStore>> store;
    private final Membership membership;
    private final LocalRelay relay;
    private final LongSupplier news;
    private final StoreWatch watch;
    private volatile Set<String> paused = Set.of();
    private long knownNews = NONE;

    /**
     * @param store empty if there is none: then nothing can be paused
     * @param news grows when another node may have paused a channel, or resumed it
     */
    public Pauses(
            Supplier<Optional<OperatorStore>> store,
            Membership membership,
            LocalRelay relay,
            LongSupplier news,
            StoreWatch watch) {
        this.store = store;
        this.membership = membership;
        this.relay = relay;
        this.news = news;
        this.watch = watch;
    }

    /** To be called as often as a heartbeat. */
    public synchronized void follow() {
        if (news.getAsLong() != knownNews) {
            refresh();
        }
    }

    /** To be called before anything is sent, and from time to time. */
    public synchronized void refresh() {
        long newsBefore = news.getAsLong();
        Set<String> wanted;
        try {
            wanted = store.get().map(this::find).orElse(Set.of());
            watch.succeeded(QUESTION);
        } catch (RuntimeException e) {
            // Those that were paused stay so; they are asked for again with the next tick.
            watch.failed(QUESTION, e);
            knownNews = NONE;
            return;
        }
        knownNews = newsBefore;
        if (!wanted.equals(paused)) {
            relay.suspend(wanted);
            paused = wanted;
            AuditLog.suspended(wanted);
        }
    }

    /** The channels that are paused, as far as this node knows. */
    public Set<String> paused() {
        return paused;
    }

    private Set<String> find(OperatorStore known) {
        return known.paused(membership.node().application()).stream()
                .map(ChannelPause::channel)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
