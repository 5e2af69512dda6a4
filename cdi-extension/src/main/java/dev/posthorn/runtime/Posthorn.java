package dev.posthorn.runtime;

import dev.posthorn.extension.PosthornExtension;
import dev.posthorn.log.Log;
import dev.posthorn.runtime.Assembly.Surroundings;
import dev.posthorn.store.StoreDue;
import dev.posthorn.thread.Loop;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.Config;

/** The start, the ticks and the stop of Posthorn in one running application. */
@ApplicationScoped
public class Posthorn {

    private static final Log LOG = Log.of("dev.posthorn");

    @Inject
    private BeanManager beanManager;

    @Inject
    private Config mpConfig;

    @Inject
    private Suppliers suppliers;

    @Inject
    private FaultTolerantRetrier retrier;

    @Inject
    private OwnTransaction ownTransaction;

    @Inject
    private Caller caller;

    @Inject
    private Receiving receiving;

    @Inject
    private PosthornExtension extension;

    @Inject
    private ManagedThreads managedThreads;

    @Inject
    private Instance<RequestContextController> requestScopes;

    private Assembly parts;
    private TransactionTrial transactionTrial;
    private Executor threads;
    private Set<Tick> ownTicks;
    private final Map<Tick, Loop> loops = new EnumMap<>(Tick.class);
    private final TickThreads ticks = new TickThreads();
    private final Running running = new Running();
    private boolean prepared;
    private boolean joined;

    @PostConstruct
    void assemble() {
        // One for all: it remembers which observers there are.
        Event<StoreDue> storeDue = beanManager.getEvent().select(StoreDue.class);
        Surroundings surroundings = new Surroundings(
                mpConfig,
                ApplicationName.lookUp(),
                extension.channels(),
                extension.types(),
                suppliers,
                receiving,
                retrier,
                new CdiListener(beanManager, new HandlingRequestScope(requestScopes)),
                ownTransaction::run,
                caller::name,
                managedThreads,
                TransactionRegistry.lookUp(),
                storeDue::fire);
        putTogether(surroundings, hasTimers() ? EnumSet.of(Tick.HEARTBEAT) : EnumSet.allOf(Tick.class));
    }

    /** Servers make EJBs of classes in modules, not of those in the libraries of an enterprise application. */
    private boolean hasTimers() {
        return !beanManager.getBeans(Ticks.class, Any.Literal.INSTANCE).isEmpty();
    }

    /** @param ofOwnThreads the ticks for which the server has no timers, or none that is certain to tick */
    void assemble(Surroundings surroundings, Set<Tick> ofOwnThreads) {
        putTogether(surroundings, ofOwnThreads);
    }

    private void putTogether(Surroundings surroundings, Set<Tick> ofOwnThreads) {
        parts = new Assembly(surroundings, this::isRunning);
        receiving = surroundings.receiving();
        threads = surroundings.threads();
        ownTicks = ofOwnThreads;
        transactionTrial = new TransactionTrial(parts.store, threads);
        loop(Tick.LOOK_AROUND, this::lookAround);
        loop(Tick.SWEEP, this::sweep);
        loop(Tick.CLEAN, this::clean);
    }

    private void loop(Tick tick, Runnable pass) {
        loops.put(tick, new Loop(tick.text(), pass, threads, Duration.ZERO, Tick::failed));
    }

    /** Begins to relay, with what an earlier start left behind. That may be much, and is not waited for. */
    public void start() {
        running.start(this::begin);
    }

    private void begin() {
        try {
            prepare();
            transactionTrial.here();
            transactionTrial.onManagedThread();
            join();
        } catch (RuntimeException | Error e) {
            ticks.end();
            throw e;
        }
        parts.config.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        parts.pauses.refresh();
        parts.nodeHealth.pulsed();
        running.set(true);
        LOG.log(
                Level.INFO,
                "POSTHORN-1001 Posthorn relays the events of application ''{0}'' on channels {1} as node {2}.",
                parts.config.application(),
                parts.config.channels().keySet(),
                parts.keeper.node().id());
        ownTicks.stream().filter(tick -> tick != Tick.HEARTBEAT).forEach(this::tickByThread);
        parts.relay.sweep();
        receiving.open();
        if (!receiving.channels().isEmpty()) {
            LOG.log(Level.INFO, "POSTHORN-1007 Posthorn receives on channels {0}.", receiving.channels());
        }
    }

    /**
     * Makes it possible to store events, if it is not yet: the tables are there, and their owner is among the living. Whoever fires
     * first asks for it, since servers may start beans of the application before Posthorn.
     */
    void makeReady() {
        prepare();
        join();
    }

    private synchronized void prepare() {
        if (!prepared) {
            // Under a wrong name not even tables are to be looked at.
            TransactionTrial.requireNone(parts.config.problems());
            List<String> problems = new ArrayList<>(parts.store.prepare());
            problems.addAll(receiving.prepare());
            TransactionTrial.requireNone(problems);
            prepared = true;
        }
    }

    private synchronized void join() {
        if (!joined) {
            parts.keeper.join();
            joined = true;
            tickByThread(Tick.HEARTBEAT);
        }
    }

    private void tickByThread(Tick tick) {
        ticks.begin(threads, tick, tick.interval(parts.config), this::tick);
    }

    /** Sends and marks what it can within the time-out; the rest is the next start's, or another node's. */
    public void stop() {
        Stop stop = new Stop(receiving, parts.relay, parts.keeper, this::end, threads);
        running.stop(parts.config.stopTimeout(), () -> stop.within(parts.config.stopTimeout()));
        // Also if it was made ready, and never started.
        ticks.end();
    }

    private void end() {
        running.set(false);
        ticks.end();
        loops.values().forEach(Loop::stop);
    }

    /** Never throws, and waits for nothing but the heartbeat's own statement: what else asks the store has threads of its own. */
    void tick(Tick tick) {
        try {
            if (tick == Tick.HEARTBEAT) {
                beat();
            } else if (isRunning()) {
                Loop loop = loops.get(tick);
                if (loop == null) {
                    pulse();
                } else {
                    loop.signal();
                }
            }
        } catch (RuntimeException | Error e) {
            Tick.failed(tick.text(), e);
        }
    }

    private void pulse() {
        parts.nodeHealth.pulsed();
        parts.relay.pulse();
        receiving.pulse();
    }

    private void beat() {
        long known = parts.keeper.news();
        asking("note that this node lives", () -> {
            if (parts.keeper.beat()) {
                parts.relay.rescan();
            }
        });
        if (parts.keeper.news() != known) {
            parts.relay.takeOver();
        }
    }

    private void lookAround() {
        parts.pauses.follow();
        parts.relay.coordinate();
    }

    private void sweep() {
        parts.relay.sweep();
        receiving.sweep();
        parts.pauses.refresh();
        parts.backlogHealth.watch();
    }

    private void clean() {
        asking("delete what is old enough", () -> {
            parts.cleaner.clean();
            receiving.clean(parts.keeper::mayAct, parts.config.cleanBatch());
        });
    }

    private void asking(String what, Runnable question) {
        try {
            parts.watch.asking(what, question);
        } catch (RuntimeException e) {
            // It is reported, and the next tick asks again.
        }
    }

    /** Requires that transactions are what they should be on the thread that calls. */
    void requireTransactions() {
        transactionTrial.here();
    }

    Assembly parts() {
        return parts;
    }

    boolean isRunning() {
        return running.isSo();
    }
}
