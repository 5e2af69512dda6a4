package dev.posthorn.messaging;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.posthorn.log.Log;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Warns of channels whose broker keeps events longer than the inbox remembers them, where that can be known. */
final class RetentionWarnings {

    private static final Log LOG = Log.of(RetentionWarnings.class.getName());
    private static final String RETENTION_KEY = "posthorn.inbox.retention";
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    private RetentionWarnings() {}

    /** Waits for nothing, and fails at nothing: it is only advice. */
    static void logLater(IncomingChannel channel) {
        try {
            Duration inbox = channel.config()
                    .getOptionalValue(RETENTION_KEY, Duration.class)
                    .orElse(DEFAULT_RETENTION);
            IncomingSupport.of(channel.connector())
                    .keptLongerThan(inbox, channel)
                    .whenComplete((warnings, failure) -> log(channel, warnings, failure));
        } catch (RuntimeException | LinkageError e) {
            log(channel, null, e);
        }
    }

    private static void log(IncomingChannel channel, @Nullable List<String> warnings, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.log(DEBUG, failure, "How long events of channel ''{0}'' are kept is not known", channel.name());
        } else if (warnings != null) {
            warnings.forEach(warning -> LOG.log(WARNING, warning));
        }
    }
}
