package dev.posthorn.runtime;

import dev.posthorn.config.PosthornConfig;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * EJB timers that call one pass each, outside any transaction. They are not persistent: every node ticks for itself, and what is safe
 * among several nodes is safe by the ownership of rows. Bean-managed concurrency lets the heartbeat tick while another pass is slow.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Ticks {

    private static final Logger LOG = System.getLogger("dev.posthorn");
    private static final Duration PULSE = Duration.ofSeconds(1);

    enum Tick {
        PULSE,
        HEARTBEAT,
        LOOK_AROUND,
        SWEEP,
        CLEAN;

        Duration interval(PosthornConfig config) {
            return switch (this) {
                case PULSE -> Ticks.PULSE;
                case HEARTBEAT, LOOK_AROUND -> config.heartbeatInterval();
                case SWEEP -> config.sweepInterval();
                case CLEAN -> config.cleanInterval();
            };
        }
    }

    @Inject
    private Posthorn posthorn;

    @Resource
    private TimerService timers;

    @PostConstruct
    void begin() {
        posthorn.start();
        for (Tick tick : Tick.values()) {
            every(tick.interval(posthorn.config()), tick);
        }
    }

    private void every(Duration interval, Tick tick) {
        timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(tick, false));
    }

    @Timeout
    void tick(Timer timer) {
        Tick tick = (Tick) timer.getInfo();
        try {
            if (posthorn.isRunning()) {
                make(tick);
            }
        } catch (RuntimeException | Error e) {
            // Payara gives a timer up for good if its method throws twice.
            LOG.log(Level.WARNING, "POSTHORN-1004 The " + tick + " tick failed. It comes again.", e);
        }
    }

    private void make(Tick tick) {
        switch (tick) {
            case PULSE -> posthorn.pulse();
            case HEARTBEAT -> posthorn.beat();
            case LOOK_AROUND -> posthorn.lookAround();
            case SWEEP -> posthorn.sweep();
            case CLEAN -> posthorn.clean();
        }
    }

    @PreDestroy
    void end() {
        posthorn.stop();
    }
}
