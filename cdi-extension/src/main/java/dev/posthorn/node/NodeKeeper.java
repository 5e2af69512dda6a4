package dev.posthorn.node;

import dev.posthorn.log.Log;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OtherNode;
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
 * clock; it stops acting earlier than that, counted from the start of its last successful beat. Its own clocks have to agree on that:
 * the monotonic one stands still while a virtual machine is suspended, and the other one may be set back.
 *
 * <p>Each beat sees the other nodes too, and so whether there may be anything of theirs to be looked for; see {@link #news}.
 */
public final class NodeKeeper implements Membership {

    private static final Log LOG = Log.of("dev.posthorn.node");

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NodeStore store;
    private final String name;
    private final Supplier<Node> newNode;
    private final long timeout;
    private final long margin;
    private final Runnable forget;
    private final LongSupplier nanoClock;
    private final LongSupplier wallClock;

    private volatile Node node;
    private volatile boolean joined;
    private volatile boolean left;
    private volatile Moment lastBeat;
    private long beatingSince;

    /** Of the other nodes, as of the last beat; null before the first one. */
    private @Nullable Map<String, Long> notices;

    private long changedAt;
    private final AtomicLong news = new AtomicLong();

    /** By both clocks. */
    private record Moment(long nanos, long millis) {}

    /**
     * @param name the same at each start of this instance: an earlier start that still counts as living is replaced
     * @param newNode gives each start an id of its own
     * @param forget called when other nodes may own what this one owned, before it goes on under a new id
     * @param nanoClock {@link System#nanoTime}
     * @param wallClock {@link System#currentTimeMillis}
     */
    public NodeKeeper(
            NodeStore store,
            String name,
            Supplier<Node> newNode,
            Duration timeout,
            Runnable forget,
            LongSupplier nanoClock,
            LongSupplier wallClock) {
        this.store = store;
        this.name = name;
        this.newNode = newNode;
        this.timeout = timeout.toNanos();
        this.margin = timeout.toNanos() / 3;
        this.forget = forget;
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.node = newNode.get();
        this.lastBeat = moment();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public boolean mayAct() {
        Moment heard = lastBeat;
        return joined
                && !left
                && nanoClock.getAsLong() - heard.nanos < timeout - margin
                && (wallClock.getAsLong() - heard.millis) * NANOS_PER_MILLI < timeout - margin;
    }

    private Moment moment() {
        return new Moment(nanoClock.getAsLong(), wallClock.getAsLong());
    }

    /** Enters this node among the living. */
    public synchronized void join() {
        Moment start = moment();
        store.join(node, name);
        joinedAt(start);
    }

    private void joinedAt(Moment start) {
        lastBeat = start;
        beatingSince = start.nanos;
        joined = true;
        notices = null;
        changed(start.nanos);
    }

    /**
     * Grows when others may have left something for this node to find: events, or the pause of a channel. A node that comes or goes is
     * seen, and one that stays gives notice; if it dies before, that is seen. Nobody announces a late commit, for example by a
     * transaction whose node has died. So the counter keeps growing for one time-out after each change. What comes later still, or from
     * a node that came and went between two beats, is for the sweep.
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
        Moment start = moment();
        Optional<List<OtherNode>> others = store.beat(node);
        if (left) {
            return false;
        }
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
            // Perhaps the database was away: then others could not be heard of either, and must not be judged for that.
            beatingSince = nanoClock.getAsLong();
        }
        lastBeat = start;
        compare(others.get(), start.nanos);
        boolean mayJudge = start.nanos - beatingSince >= timeout;
        return mayJudge && others.get().stream().anyMatch(this::isSilent) && buryTheSilent(start.nanos);
    }

    /** Compares the other nodes with what was last known of them. */
    private void compare(List<OtherNode> others, long now) {
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
        Moment start = moment();
        store.join(next, name);
        node = next;
        forget.run();
        joinedAt(start);
        LOG.log(Level.INFO, "POSTHORN-3003 This node goes on as node {0}.", next.id());
    }

    /** Gives up what this node owns, for good. It acts no more at once, even while a beat is still waiting for its answer. */
    public void leave() {
        left = true;
        synchronized (this) {
            joined = false;
            store.leave(node);
        }
    }
}
