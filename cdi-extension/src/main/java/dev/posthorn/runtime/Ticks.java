package dev.posthorn.runtime;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumSet;

/**
 * EJB timers, the clock of all passes but the heartbeat. They are not persistent: every node ticks for itself, and what is safe among
 * several nodes is safe by the ownership of rows. They share a pool with the application's own, so a tick waits for nothing.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Ticks {

    @Inject
    private Posthorn posthorn;

    @Resource
    private TimerService timers;

    @PostConstruct
    void begin() {
        posthorn.start();
        posthorn.requireTransactions();
        for (Tick tick : EnumSet.complementOf(EnumSet.of(Tick.HEARTBEAT))) {
            every(tick.interval(posthorn.parts().config), tick);
        }
    }

    private void every(Duration interval, Tick tick) {
        timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(tick.name(), false));
    }

    /** Payara gives a timer up for good if its method throws twice; a tick does not throw. */
    @Timeout
    void tick(Timer timer) {
        posthorn.tick(Tick.valueOf((String) timer.getInfo()));
    }

    @PreDestroy
    void end() {
        posthorn.stop();
        timers.getTimers().forEach(Ticks::cancel);
    }

    /** Payara would keep it for ever, and with it all of an application that was undeployed. */
    private static void cancel(Timer timer) {
        try {
            timer.cancel();
        } catch (IllegalStateException | EJBException e) {
            // Whoever has ended it was faster.
        }
    }
}
