package dev.posthorn.health;

import dev.posthorn.log.Log;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** What the log says of a backlog: one line when it is too old, one when it no longer is. */
final class HealthLog {

    private static final Log LOG = Log.of("dev.posthorn.health");

    private HealthLog() {}

    static void late(String channel, Duration age, Duration allowed) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-1031 Events of channel ''{0}'' wait to be sent for {1}, which is longer than {2} (posthorn.health.backlog-age)."
                        + " Nothing is lost. See why with OutboxOperator.counts(EventFilter.undelivered()), and in the log of the node that"
                        + " has them.",
                channel,
                age.withNanos(0),
                allowed);
    }

    static void inTimeAgain(String channel) {
        LOG.log(Level.INFO, "POSTHORN-1032 Events of channel ''{0}'' are sent in time again.", channel);
    }
}
