package dev.posthorn.runtime;

import dev.posthorn.PosthornException;
import dev.posthorn.capture.Capture;
import dev.posthorn.capture.Envelopes;
import dev.posthorn.capture.EventIds;
import dev.posthorn.capture.PublishedTypes;
import dev.posthorn.clean.Cleaner;
import dev.posthorn.config.HealthConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.health.BacklogHealth;
import dev.posthorn.health.InboxBacklog;
import dev.posthorn.health.NodeHealth;
import dev.posthorn.node.Membership;
import dev.posthorn.node.NodeKeeper;
import dev.posthorn.node.NodeNeighbours;
import dev.posthorn.operate.InboxOperations;
import dev.posthorn.operate.LocalRelay;
import dev.posthorn.operate.Operations;
import dev.posthorn.operate.Pauses;
import dev.posthorn.relay.Relay;
import dev.posthorn.relay.RelayListener;
import dev.posthorn.relay.Retrier;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.store.CurrentTransaction;
import dev.posthorn.store.StoreDue;
import dev.posthorn.store.Storing;
import dev.posthorn.watch.StoreWatch;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** The parts of Posthorn, put together. Knows no container: what comes from there is its {@link Surroundings}. */
final class Assembly {

    final PosthornConfig config;
    final EventStore store;
    final StoreWatch watch;
    final NodeKeeper keeper;
    final Relay relay;
    final Cleaner cleaner;
    final Storing storing;
    final Capture capture;
    final Pauses pauses;
    final Operations operations;
    final InboxOperations inboxOperations;
    final NodeHealth nodeHealth;
    final BacklogHealth backlogHealth;
    private final Suppliers suppliers;

    /** Events may be stored before Posthorn is started. They are not sent before that: channels need not be open. */
    private record Acting(NodeKeeper keeper, BooleanSupplier running) implements Membership {

        @Override
        public Node node() {
            return keeper.node();
        }

        @Override
        public boolean mayAct() {
            return running.getAsBoolean() && keeper.mayAct();
        }
    }

    /**
     * What the parts work with.
     *
     * @param deployedName the application's name as the server knows it
     * @param channels those that events are sent on
     * @param types the logical types that are known
     * @param ownTransaction runs a task in a transaction of its own
     * @param caller who calls, as far as it is known
     * @param threads runs each task on a thread of its own
     * @param storeDue calls the BEFORE_COMPLETION observers when it is time
     */
    record Surroundings(
            Config config,
            String deployedName,
            Set<String> channels,
            Set<String> types,
            Suppliers suppliers,
            Receiving receiving,
            Retrier retrier,
            RelayListener listener,
            Consumer<Runnable> ownTransaction,
            Supplier<String> caller,
            Executor threads,
            TransactionSynchronizationRegistry transactions,
            Consumer<StoreDue> storeDue) {}

    /** @param running whether Posthorn has been started and not stopped */
    Assembly(Surroundings by, BooleanSupplier running) {
        suppliers = by.suppliers;
        config = PosthornConfig.read(
                by.config, by.deployedName, by.channels, by.types, suppliers.transport()::mostUnderWay);
        store = suppliers.eventStore();
        watch = suppliers.storeWatch();
        keeper = new NodeKeeper(
                suppliers.nodeStore(),
                config.nodeName(),
                () -> new Node(UUID.randomUUID().toString(), config.application()),
                config.nodeTimeout(),
                this::forget,
                System::nanoTime,
                System::currentTimeMillis);
        NodeNeighbours neighbours = new NodeNeighbours(suppliers.nodeStore(), keeper, keeper::news);
        relay = relay(by, new Acting(keeper, running), neighbours);
        cleaner = Cleaner.ofOutbox(store, keeper, config.retention(), config.cleanBatch());
        CurrentTransaction transaction = new CurrentTransaction(by.transactions);
        storing = new Storing(store, keeper, relay, transaction, by.storeDue);
        capture = new Capture(
                new PublishedTypes(by.config, config.channels().keySet(), SerializerRules.of(suppliers.serializer())),
                new Envelopes(suppliers.serializer(), config.source(), Clock.systemUTC()),
                transaction,
                storing,
                config.noTransaction(),
                by.ownTransaction);
        LocalRelay localRelay = new RelayOfThisNode(relay, by.receiving);
        pauses = new Pauses(suppliers::operatorStore, keeper, localRelay, keeper::news, watch);
        operations = operations(by, localRelay, neighbours);
        inboxOperations = new InboxOperations(by.receiving::operated, this::inboxOperatorStore, operations, by.caller);
        nodeHealth = new NodeHealth(keeper, running, System::nanoTime);
        backlogHealth = backlogHealth(by, running);
    }

    private Relay relay(Surroundings by, Membership membership, NodeNeighbours neighbours) {
        Relay.Ports ports = new Relay.Ports(
                store,
                suppliers.transport(),
                by.retrier,
                membership,
                by.listener,
                suppliers.classifier(),
                neighbours,
                watch);
        return new Relay(config.channels(), ports, by.threads, config.gatherMarks());
    }

    /** This instance is another node now. */
    private void forget() {
        relay.startOver();
    }

    private Operations operations(Surroundings by, LocalRelay localRelay, NodeNeighbours neighbours) {
        EventIds replayIds = new EventIds();
        return new Operations(
                this::operatorStore,
                keeper,
                localRelay,
                pauses,
                neighbours::giveNotice,
                () -> replayIds.next(System.currentTimeMillis()),
                by.caller);
    }

    private BacklogHealth backlogHealth(Surroundings by, BooleanSupplier running) {
        Set<String> channels = new TreeSet<>(config.channels().keySet());
        channels.addAll(by.receiving.allChannels());
        HealthConfig health = HealthConfig.read(by.config, channels);
        return new BacklogHealth(
                suppliers::operatorStore,
                keeper,
                relay::status,
                new InboxBacklog(suppliers::inboxOperatorStore, by.receiving::consumer, pauses::paused, health),
                health,
                running,
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
}
