package dev.posthorn.runtime;

import dev.posthorn.spi.EventSerializer;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.Supplied;
import dev.posthorn.watch.StoreWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;

/** The implementations of the SPI: the application's own where it has one, ours otherwise. */
@ApplicationScoped
public class Suppliers {

    @Inject
    @Any
    private Instance<EventStore> eventStores;

    @Inject
    @Any
    private Instance<NodeStore> nodeStores;

    @Inject
    @Any
    private Instance<EventTransport> transports;

    @Inject
    @Any
    private Instance<EventSerializer> serializers;

    @Inject
    @Any
    private Instance<OperatorStore> operatorStores;

    @Inject
    @Any
    private Instance<FailureClassifier> classifiers;

    @Inject
    @Any
    private Instance<InboxStore> inboxStores;

    @Inject
    @Any
    private Instance<InboxOperatorStore> inboxOperatorStores;

    @Inject
    @Any
    private Instance<EventSource> sources;

    /** One for the whole application, so that an outage is logged once. */
    private final StoreWatch storeWatch = new StoreWatch(System::nanoTime);

    public StoreWatch storeWatch() {
        return storeWatch;
    }

    public EventStore eventStore() {
        return choose(eventStores);
    }

    public NodeStore nodeStore() {
        return choose(nodeStores);
    }

    public EventTransport transport() {
        return choose(transports);
    }

    public EventSerializer serializer() {
        return choose(serializers);
    }

    public InboxStore inboxStore() {
        return choose(inboxStores);
    }

    public EventSource source() {
        return choose(sources);
    }

    /**
     * What fits the event store: ours only beside ours.
     *
     * @return empty if the application has replaced the event store and not this one
     */
    public Optional<OperatorStore> operatorStore() {
        return fitting(operatorStores, eventStores);
    }

    /**
     * What fits the inbox store: ours only beside ours.
     *
     * @return empty if the application has replaced the inbox store and not this one
     */
    public Optional<InboxOperatorStore> inboxOperatorStore() {
        return fitting(inboxOperatorStores, inboxStores);
    }

    private static <T> Optional<T> fitting(Instance<T> all, Instance<?> beside) {
        boolean replaced = !own(all).isUnsatisfied();
        boolean fits = own(beside).isUnsatisfied()
                && !all.select(Supplied.Literal.INSTANCE).isUnsatisfied();
        return replaced || fits ? Optional.of(choose(all)) : Optional.empty();
    }

    /** Without any, nothing is known of a failure. */
    public FailureClassifier classifier() {
        boolean any = !own(classifiers).isUnsatisfied()
                || !classifiers.select(Supplied.Literal.INSTANCE).isUnsatisfied();
        return any ? choose(classifiers) : (event, error) -> FailureClassifier.Failure.UNCLEAR;
    }

    private static <T> T choose(Instance<T> all) {
        Instance<T> own = own(all);
        return own.isUnsatisfied() ? all.select(Supplied.Literal.INSTANCE).get() : own.get();
    }

    private static <T> Instance<T> own(Instance<T> all) {
        return all.select(Default.Literal.INSTANCE);
    }
}
