package dev.posthorn.runtime;

import dev.posthorn.config.PosthornConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

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

    /** One pass, which never throws: whoever ticks goes on. */
    void make(Posthorn posthorn) {
        try {
            if (posthorn.isRunning()) {
                pass(posthorn);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "POSTHORN-1004 The " + this + " tick failed. It comes again.", e);
        }
    }

    private void pass(Posthorn posthorn) {
        switch (this) {
            case PULSE -> posthorn.pulse();
            case HEARTBEAT -> posthorn.beat();
            case LOOK_AROUND -> posthorn.lookAround();
            case SWEEP -> posthorn.sweep();
            case CLEAN -> posthorn.clean();
        }
    }
}
