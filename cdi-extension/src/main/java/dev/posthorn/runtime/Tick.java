package dev.posthorn.runtime;

import dev.posthorn.config.PosthornConfig;
import dev.posthorn.log.Log;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;

/** What is done again and again, each by a plain pass. */
enum Tick {
    PULSE,
    HEARTBEAT,
    LOOK_AROUND,
    SWEEP,
    CLEAN;

    private static final Log LOG = Log.of("dev.posthorn");
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);

    Duration interval(PosthornConfig config) {
        return switch (this) {
            case PULSE -> EVERY_SECOND;
            case HEARTBEAT, LOOK_AROUND -> config.heartbeatInterval();
            case SWEEP -> config.sweepInterval();
            case CLEAN -> config.cleanInterval();
        };
    }

    /** For logs and thread dumps. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static void failed(String tick, Throwable error) {
        LOG.log(Level.WARNING, error, "POSTHORN-1004 The {0} tick failed. It comes again.", tick);
    }
}
