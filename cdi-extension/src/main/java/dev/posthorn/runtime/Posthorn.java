package dev.posthorn.runtime;

import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEvents;
import dev.posthorn.PosthornException;
import dev.posthorn.capture.Capture;
import dev.posthorn.capture.Envelopes;
import dev.posthorn.capture.EventIds;
import dev.posthorn.capture.PublishedTypes;
import dev.posthorn.capture.PublishingIntegrationEvents;
import dev.posthorn.clean.Cleaner;
import dev.posthorn.config.HealthConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.extension.PosthornExtension;
import dev.posthorn.handle.CurrentHandling;
import dev.posthorn.health.BacklogHealth;
import dev.posthorn.health.InboxBacklog;
import dev.posthorn.health.InboxHealth;
import dev.posthorn.health.NodeHealth;
import dev.posthorn.node.NodeKeeper;
import dev.posthorn.node.NodeNeighbours;
import dev.posthorn.operate.InboxOperations;
import dev.posthorn.operate.LocalRelay;
import dev.posthorn.operate.Operations;
import dev.posthorn.operate.Pauses;
import dev.posthorn.operator.InboxOperator;
import dev.posthorn.operator.OutboxOperator;
import dev.posthorn.relay.Relay;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.store.CurrentTransaction;
import dev.posthorn.store.StoreDue;
import dev.posthorn.store.Storing;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/** The parts of Posthorn in one running application. */
@ApplicationScoped
public class Posthorn {

    private static final Logger LOG = System.getLogger("dev.posthorn");

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
    private ManagedThreads threads;

    @Inject
    private Instance<RequestContextController> requestScopes;

    private PosthornConfig config;
    private EventStore store;
    private TransactionTrial transactionTrial;
    private NodeKeeper keeper;
    private Relay relay;
    private Cleaner cleaner;
    private Storing storing;
    private Capture capture;
    private Pauses pauses;
    private Operations operations;
    private InboxOperations inboxOperations;
    private NodeHealth nodeHealth;
    private BacklogHealth backlogHealth;
    private TickThreads ticks = new TickThreads();
    private final Running running = new Running();

    @PostConstruct
    void assemble() {
        config = PosthornConfig.read(
                mpConfig, ApplicationName.lookUp(), extension.channels(), suppliers.transport()::mostUnderWay);
        store = suppliers.eventStore();
        transactionTrial = new TransactionTrial(store, threads);
        keeper = new NodeKeeper(
                suppliers.nodeStore(),
                config.nodeName(),
                () -> new Node(UUID.randomUUID().toString(), config.application()),
                config.nodeTimeout(),
                () -> relay.startOver(),
                System::nanoTime,
                System::currentTimeMillis);
        NodeNeighbours neighbours = new NodeNeighbours(suppliers.nodeStore(), keeper, keeper::news);
        Relay.Ports ports = new Relay.Ports(
                store,
                suppliers.transport(),
                retrier,
                keeper,
                new CdiListener(beanManager, new HandlingRequestScope(requestScopes)),
                suppliers.classifier(),
                neighbours,
                suppliers.storeWatch());
        relay = new Relay(config.channels(), ports, threads, config.gatherMarks());
        cleaner = Cleaner.ofOutbox(store, keeper, config.retention(), config.cleanBatch());
        CurrentTransaction transaction = new CurrentTransaction(TransactionRegistry.lookUp());
        // One for all: it remembers which observers there are.
        Event<StoreDue> storeDue = beanManager.getEvent().select(StoreDue.class);
        storing = new Storing(store, keeper, relay, transaction, storeDue::fire);
        capture = new Capture(
                new PublishedTypes(mpConfig, config.channels().keySet()),
                new Envelopes(suppliers.serializer(), config.source(), Clock.systemUTC()),
                transaction,
                storing,
                config.noTransaction(),
                ownTransaction::run);
        LocalRelay localRelay = new EngineRelay(relay, receiving);
        EventIds replayIds = new EventIds();
        pauses = new Pauses(suppliers::operatorStore, keeper, localRelay, keeper::news);
        operations = new Operations(
                this::operatorStore,
                keeper,
                localRelay,
                pauses,
                neighbours::giveNotice,
                () -> replayIds.next(System.currentTimeMillis()),
                caller::name);
        inboxOperations = new InboxOperations(receiving::operated, this::inboxOperatorStore, operations, caller::name);
        nodeHealth = new NodeHealth(keeper, this::isRunning, System::nanoTime);
        Set<String> channels = new TreeSet<>(config.channels().keySet());
        channels.addAll(receiving.allChannels());
        HealthConfig health = HealthConfig.read(mpConfig, channels);
        backlogHealth = new BacklogHealth(
                suppliers::operatorStore,
                keeper,
                relay::status,
                new InboxBacklog(suppliers::inboxOperatorStore, receiving::consumer, pauses::paused, health),
                health,
                this::isRunning,
                System::nanoTime);
    }

    private OperatorStore operatorStore() {
        return suppliers
                .operatorStore()
                .orElseThrow(
                        () -> new PosthornException(
                                "POSTHORN-1006 This application has an EventStore of its own, into which Posthorn can't look. For operators and health"
                                        + " checks, add a bean of dev.posthorn.spi.OperatorStore that works on the same events."));
    }

    private InboxOperatorStore inboxOperatorStore() {
        return suppliers
                .inboxOperatorStore()
                .orElseThrow(
                        () -> new PosthornException(
                                "POSTHORN-1008 This application has an InboxStore of its own, into which Posthorn can't look. For operators and health"
                                        + " checks, add a bean of dev.posthorn.spi.InboxOperatorStore that works on the same entries."));
    }

    /** Begins to relay, with what an earlier start left behind. */
    public void start() {
        running.start(this::begin);
    }

    private void begin() {
        List<String> problems = new ArrayList<>(store.prepare());
        problems.addAll(receiving.prepare());
        TransactionTrial.requireNone(problems);
        transactionTrial.here();
        transactionTrial.onManagedThread();
        keeper.join();
        config.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        pauses.refresh();
        nodeHealth.pulsed();
        running.set(true);
        LOG.log(
                Level.INFO,
                "POSTHORN-1001 Posthorn relays the events of application ''{0}'' on channels {1} as node {2}.",
                config.application(),
                config.channels().keySet(),
                keeper.node().id());
        if (!hasTimers()) {
            ticks = new TickThreads();
            ticks.begin(threads, config, this);
        }
        relay.sweep();
        receiving.open();
        if (!receiving.channels().isEmpty()) {
            LOG.log(Level.INFO, "POSTHORN-1007 Posthorn receives on channels {0}.", receiving.channels());
        }
    }

    /** Servers make EJBs of classes in modules, not of those in the libraries of an enterprise application. */
    private boolean hasTimers() {
        return !beanManager.getBeans(Ticks.class, Any.Literal.INSTANCE).isEmpty();
    }

    /** Sends and marks what it can within the time-out; the rest is the next start's, or another node's. */
    public void stop() {
        Stop stop = new Stop(receiving, relay, keeper, this::end, threads);
        running.stop(config.stopTimeout(), () -> stop.within(config.stopTimeout()));
    }

    private void end() {
        running.set(false);
        ticks.end();
    }

    void pulse() {
        nodeHealth.pulsed();
        relay.pulse();
        receiving.pulse();
    }

    void beat() {
        long known = keeper.news();
        if (keeper.beat()) {
            relay.rescan();
        }
        if (keeper.news() != known) {
            relay.takeOver();
        }
        pauses.follow();
    }

    void lookAround() {
        relay.coordinate();
    }

    void sweep() {
        relay.sweep();
        receiving.sweep();
        pauses.refresh();
        backlogHealth.watch();
    }

    void clean() {
        cleaner.clean();
        receiving.clean(config.cleanBatch());
    }

    /** Requires that transactions are what they should be on the thread that calls. */
    void requireTransactions() {
        transactionTrial.here();
    }

    PosthornConfig config() {
        return config;
    }

    boolean isRunning() {
        return running.isSo();
    }

    @Produces
    @Singleton
    Capture capture() {
        return capture;
    }

    @Produces
    @ApplicationScoped
    IntegrationEvents integrationEvents() {
        return new PublishingIntegrationEvents(capture, receiving::receive);
    }

    @Produces
    @ApplicationScoped
    OutboxOperator outboxOperator() {
        return operations;
    }

    @Produces
    @ApplicationScoped
    InboxOperator inboxOperator() {
        return inboxOperations;
    }

    /** What an observer of a received event takes as its parameter. */
    @Produces
    HandlingContext handlingContext() {
        return CurrentHandling.context()
                .orElseThrow(() -> new IllegalStateException(
                        "No event is handled on this thread, so there is no HandlingContext. In a"
                                + " bean that lives longer than that, inject an Instance<HandlingContext>."));
    }

    @Produces
    @Singleton
    NodeHealth nodeHealth() {
        return nodeHealth;
    }

    @Produces
    @Singleton
    BacklogHealth backlogHealth() {
        return backlogHealth;
    }

    @Produces
    @Singleton
    InboxHealth inboxHealth() {
        return new InboxHealth(receiving::ended);
    }

    void store(@Observes(during = TransactionPhase.BEFORE_COMPLETION) StoreDue due) {
        storing.store(due.buffer());
    }
}
