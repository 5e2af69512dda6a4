package dev.posthorn.node;

import dev.posthorn.relay.Membership;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps this node among the living. Other nodes declare it dead when it has not been heard of for the time-out, by the database's
 * clock; it stops acting earlier than that, by its own monotonic clock, counted from the start of its last successful beat.
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
    }

    /**
     * Says that this node lives, and buries those that have not said so for too long. Does nothing after {@link #leave}: a tick may
     * come late.
     *
     * @return whether there may be events to take over
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
        if (!store.beat(node)) {
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
        return start - beatingSince >= timeout && buryTheSilent();
    }

    private boolean buryTheSilent() {
        int buried = store.bury(node, Duration.ofNanos(timeout));
        if (buried > 0) {
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
