package dev.posthorn.node;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OtherNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this node among the living. Other nodes declare it dead when it has not been heard of for the time-out, by the database's
 * clock; it stops acting earlier than that, by its own monotonic clock, counted from the start of its last successful beat.
 *
 * <p>Each beat sees the other nodes too, and so whether there may be anything of theirs to be looked for; see {@link #news}.
 */
public final class NodeKeeper implements Membership {

    private static final Logger LOG = System.getLogger("dev.posthorn.node");

    private final NodeStore store;
    private final String name;
    private final Supplier<Node> newNode;
    private final long timeout;
    private final long margin;
    private final Runnable forget;
    private final LongSupplier nanoClock;

    private volatile Node node;
    private volatile boolean joined;
    private boolean left;
    private volatile long lastBeat;
    private long beatingSince;

    /** Of the other nodes, as of the last beat; null before the first one. */
    private @Nullable Map<String, Long> notices;

    private long changedAt;
    private final AtomicLong news = new AtomicLong();

    /**
     * @param name the same at each start of this instance: an earlier start that still counts as living is replaced
     * @param newNode gives each start an id of its own
     * @param forget called when other nodes may own what this one owned, before it goes on under a new id
     */
    public NodeKeeper(
            NodeStore store,
            String name,
            Supplier<Node> newNode,
            Duration timeout,
            Runnable forget,
            LongSupplier nanoClock) {
        this.store = store;
        this.name = name;
        this.newNode = newNode;
        this.timeout = timeout.toNanos();
        this.margin = timeout.toNanos() / 3;
        this.forget = forget;
        this.nanoClock = nanoClock;
        this.node = newNode.get();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public boolean mayAct() {
        return joined && nanoClock.getAsLong() - lastBeat < timeout - margin;
    }

    /** Enters this node among the living. */
    public synchronized void join() {
        long start = nanoClock.getAsLong();
        store.join(node, name);
        joinedAt(start);
    }

    private void joinedAt(long start) {
        lastBeat = start;
        beatingSince = start;
        joined = true;
        notices = null;
        changed(start);
    }

    /**
     * Grows when others may have left something for this node to find: events, or the pause of a channel. A node that comes or goes is
     * seen, and one that stays gives notice; if it dies before, that is seen. Only what commits late is told of by nobody, as does a
     * transaction of a node that is gone: so the news go on for a time-out after each change. What comes later still, or from a node
     * that came and went between two beats, is for the sweep.
     */
    public long news() {
        return news.get();
    }

    /**
     * Says that this node lives, and buries those that have not said so for too long. Does nothing after {@link #leave}: a tick may
     * come late.
     *
     * @return whether others may have had, or put away, what this node is to go on with
     */
    public synchronized boolean beat() {
        if (left) {
            return false;
        }
        if (!joined) {
            // An earlier attempt may have failed half-way, and what is owned by a node that is not entered is
            // anybody's.
            startAsNewNode();
            return true;
        }
        long start = nanoClock.getAsLong();
        Optional<List<OtherNode>> others = store.beat(node);
        if (others.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "POSTHORN-3001 Node {0} was declared dead by another one, after a pause or an outage of its own. It forgets what"
                            + " it had in memory and goes on as a new node; its events are taken over.",
                    node.id());
            joined = false;
            startAsNewNode();
            return true;
        }
        if (!mayAct()) {
            // Perhaps the database was away: then others could not be heard of either, and nobody may judge them for
            // that.
            beatingSince = nanoClock.getAsLong();
        }
        lastBeat = start;
        look(others.get(), start);
        boolean mayJudge = start - beatingSince >= timeout;
        return mayJudge && others.get().stream().anyMatch(this::isSilent) && buryTheSilent(start);
    }

    private void look(List<OtherNode> others, long now) {
        Map<String, Long> seen = others.stream().collect(Collectors.toMap(OtherNode::id, OtherNode::notices));
        if (!seen.equals(notices)) {
            notices = seen;
            changed(now);
        } else if (now - changedAt < timeout) {
            news.incrementAndGet();
        }
    }

    private void changed(long now) {
        changedAt = now;
        news.incrementAndGet();
    }

    private boolean isSilent(OtherNode other) {
        return other.silence().toNanos() >= timeout;
    }

    private boolean buryTheSilent(long now) {
        int buried = store.bury(node, Duration.ofNanos(timeout));
        if (buried > 0) {
            changed(now);
            LOG.log(
                    Level.INFO,
                    "POSTHORN-3002 {0} other nodes have not been heard of in time; their events are taken over.",
                    buried);
        }
        return buried > 0;
    }

    /**
     * Nothing is stored under the new id before it is entered, or others would take that over although it is in memory here. But
     * it comes before memory is emptied: whatever is read after that belongs to the new node.
     */
    private void startAsNewNode() {
        Node next = newNode.get();
        long start = nanoClock.getAsLong();
        store.join(next, name);
        node = next;
        forget.run();
        joinedAt(start);
        LOG.log(Level.INFO, "POSTHORN-3003 This node goes on as node {0}.", next.id());
    }

    /** Gives up what this node owns, for good. */
    public synchronized void leave() {
        left = true;
        joined = false;
        store.leave(node);
    }
}
