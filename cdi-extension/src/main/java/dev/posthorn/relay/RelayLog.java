package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;

/** What the relay tells the operator. */
final class RelayLog {

    private static final Logger LOG = System.getLogger("dev.posthorn.relay");

    private RelayLog() {}

    static void sendFailed(EventEnvelope event, Throwable error) {
        LOG.log(Level.DEBUG, () -> "Sending " + event + " failed: " + text(error));
    }

    static void paused(String channel, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2001 Channel ''{0}'' can''t reach its broker: {1}. Events wait, in order, and no attempts are counted; the"
                        + " channel probes and goes on by itself when the broker answers.",
                channel,
                text(error));
    }

    static void counted(EventEnvelope event, int attempts, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2002 {0} could not be sent, although others were ({1} attempts by now): {2}. It is tried again later; events"
                        + " of its key wait for it.",
                event,
                attempts,
                text(error));
    }

    static void storeFailed(String what, RuntimeException error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2003 The store could not " + what + ". Nothing is lost; it is tried again within seconds.",
                error);
    }

    static void passFailed(String pass, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-2004 An unexpected error in the " + pass
                        + " pass. It is made again within seconds; please report this.",
                error);
    }

    static void listenerFailed(RuntimeException error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2005 An observer of a notification threw. The event itself is not affected; observers should handle what"
                        + " they throw.",
                error);
    }

    static String text(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause.getMessage() == null
                ? cause.getClass().getName()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
