package dev.posthorn.store;

import dev.posthorn.log.Log;
import dev.posthorn.spi.EventEnvelope;
import java.lang.System.Logger.Level;
import java.util.List;

/** What the log says of events on their way into the store. */
final class StoreLog {

    private static final Log LOG = Log.of("dev.posthorn.store");

    private StoreLog() {}

    /** The guards make this impossible, unless a server does not call them or commits although they throw. */
    static void lost(List<EventEnvelope> events) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-1101 A transaction has committed without {0} of its events, the first of them {1}. They are lost: the server"
                        + " did not call the synchronization that stores them, or committed although that failed. Publish them again, and report this with the"
                        + " server''s name and version.",
                events.size(),
                events.get(0));
    }
}
