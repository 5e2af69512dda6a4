package dev.posthorn.runtime;

import dev.posthorn.log.Log;
import dev.posthorn.node.NodeKeeper;
import dev.posthorn.relay.Relay;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Ends the work of a node within a time-out, whatever the database does.
 *
 * @param end called when nothing more is to be done, before the node leaves
 */
record Stop(Receiving receiving, Relay relay, NodeKeeper keeper, Runnable end, Executor threads) {

    private static final Log LOG = Log.of("dev.posthorn");

    private static final String NOTHING_LOST =
            "Nothing is lost; what is left here is sent when the node time-out is over, or after the next start of a node with this name.";

    /** For leaving, and at least for that. */
    private static final Duration LEAVING = Duration.ofSeconds(1);

    void within(Duration timeout) {
        Duration leaving = min(LEAVING, timeout.dividedBy(4));
        long sending = System.nanoTime() + timeout.minus(leaving).toNanos();
        if (!Bounded.run(threads, max(LEAVING, timeout), () -> stop(sending))) {
            end.run();
            LOG.log(
                    Level.WARNING,
                    "POSTHORN-1011 Posthorn has not finished within posthorn.stop.timeout ({0}), perhaps because the database does not answer,"
                            + " and stops all the same. {1}",
                    timeout,
                    NOTHING_LOST);
        }
    }

    private void stop(long sending) {
        // First what comes in, since handlers may still publish.
        receiving.close(until(sending));
        // Ticks go on meanwhile: without a heartbeat nothing may be sent, without a pulse nothing times out.
        boolean drained = relay.stop(until(sending));
        end.run();
        leave();
        LOG.log(
                Level.INFO,
                drained
                        ? "POSTHORN-1002 Posthorn has stopped; everything that was committed here is sent."
                        : "POSTHORN-1003 Posthorn has stopped; what could not be sent in time is sent after the next start, or by another"
                                + " node.");
    }

    private void leave() {
        try {
            keeper.leave();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    e,
                    "POSTHORN-1005 The database could not be told that this node stops. " + NOTHING_LOST);
        }
    }

    private static Duration until(long nanoTime) {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
