package dev.posthorn.health;

import dev.posthorn.node.Membership;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** How this node is, without asking anybody else: probes are frequent, and are not to wait for a database. */
public final class NodeHealth {

    /** Pulses come once a second. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Membership membership;
    private final BooleanSupplier running;
    private final LongSupplier nanoClock;
    private volatile long lastPulse;

    /** @param running whether this node has been started and not stopped */
    public NodeHealth(Membership membership, BooleanSupplier running, LongSupplier nanoClock) {
        this.membership = membership;
        this.running = running;
        this.nanoClock = nanoClock;
        this.lastPulse = nanoClock.getAsLong();
    }

    /** To be called with every pulse of this node, and when it starts. */
    public void pulsed() {
        lastPulse = nanoClock.getAsLong();
    }

    /** Whether the store has answered lately: every heartbeat asks it. */
    public Verdict store() {
        return verdict(running.getAsBoolean() && membership.mayAct(), "running", running.getAsBoolean());
    }

    /** Whether what is to happen from time to time does happen. */
    public Verdict loops() {
        long silence = nanoClock.getAsLong() - lastPulse;
        return verdict(
                !running.getAsBoolean() || silence < SILENCE.toNanos(),
                "seconds-since-pulse",
                Duration.ofNanos(silence).toSeconds());
    }

    private Verdict verdict(boolean up, String what, Object value) {
        Map<String, Object> data = new HashMap<>();
        data.put("application", membership.node().application());
        data.put("node", membership.node().id());
        data.put(what, value);
        return new Verdict(up, data);
    }
}
