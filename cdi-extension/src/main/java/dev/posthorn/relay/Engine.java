package dev.posthorn.relay;

import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.channel.ChannelStatus;
import dev.posthorn.relay.Relay.Ports;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** A relay with the threads that make its passes. */
public final class Engine {

    private static final long GLANCE = Duration.ofMillis(50).toNanos();

    private final Relay relay;
    private final Loops loops;

    /**
     * @param threads runs each task on a thread of its own
     * @param gatherMarks how long delivered events are gathered before they are marked together
     */
    public Engine(Map<String, ChannelSettings> channels, Ports ports, Executor threads, Duration gatherMarks) {
        relay = new Relay(channels, ports, System::nanoTime);
        loops = new Loops(relay, threads, gatherMarks);
        relay.wakeBy(loops);
    }

    /** What transactions report to. */
    public Relay relay() {
        return relay;
    }

    /** To be called about once a second. */
    public void pulse() {
        relay.pulse();
    }

    /** To be called at the start and from time to time. */
    public void sweep() {
        relay.sweep();
    }

    /** To be called when others may have left events behind, see {@link Relay#takeOver}. */
    public void takeOver() {
        loops.takeOver();
    }

    /** To be called when others may have put away, or taken back, what is this node's. */
    public void lookEverywhere() {
        relay.lookEverywhere();
    }

    /** To be called with every heartbeat, see {@link Relay#lookAround}. */
    public void lookAround() {
        relay.lookAround();
    }

    /** See {@link Relay#lookAgain}. */
    public void lookAgain(String channel, Collection<String> keys) {
        relay.lookAgain(channel, keys);
    }

    /** See {@link Relay#suspend}. */
    public void suspend(Set<String> channels) {
        relay.suspend(channels);
    }

    /** How the channels are, by name. */
    public Map<String, ChannelStatus> status() {
        return relay.status();
    }

    public void startOver() {
        relay.startOver();
    }

    /**
     * Sends and marks what is in memory, for at most this long, then stops.
     *
     * @return whether nothing is left
     */
    public boolean stop(Duration drainTimeout) {
        long until = System.nanoTime() + drainTimeout.toNanos();
        while (relay.hasWork() && until - System.nanoTime() > 0) {
            relay.markPass();
            LockSupport.parkNanos(GLANCE);
        }
        loops.stop();
        relay.markPass();
        return !relay.hasWork();
    }
}
