package dev.posthorn.runtime;

import dev.posthorn.config.PosthornConfig;
import java.lang.System.Logger;
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

    private static final Logger LOG = System.getLogger("dev.posthorn");
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
        LOG.log(Level.WARNING, "POSTHORN-1004 The " + tick + " tick failed. It comes again.", error);
    }
}
