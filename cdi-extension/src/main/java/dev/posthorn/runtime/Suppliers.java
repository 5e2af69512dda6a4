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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The implementations of the SPI: the application's own where it has one, ours otherwise. Each is looked up once: a dependent bean would
 * be made anew by each look-up, and kept for ever.
 */
@ApplicationScoped
public class Suppliers {

    private final Map<Class<?>, Object> chosen = new HashMap<>();

    @Inject
    @Any
    Instance<Object> beans;

    /** One for the whole application, so that an outage is logged once. */
    private final StoreWatch storeWatch = new StoreWatch(System::nanoTime);

    public StoreWatch storeWatch() {
        return storeWatch;
    }

    public EventStore eventStore() {
        return choose(EventStore.class);
    }

    public NodeStore nodeStore() {
        return choose(NodeStore.class);
    }

    public EventTransport transport() {
        return choose(EventTransport.class);
    }

    public EventSerializer serializer() {
        return choose(EventSerializer.class);
    }

    public InboxStore inboxStore() {
        return choose(InboxStore.class);
    }

    public EventSource source() {
        return choose(EventSource.class);
    }

    /**
     * What fits the event store: ours only beside ours.
     *
     * @return empty if the application has replaced the event store and not this one
     */
    public Optional<OperatorStore> operatorStore() {
        return fitting(OperatorStore.class, EventStore.class);
    }

    /**
     * What fits the inbox store: ours only beside ours.
     *
     * @return empty if the application has replaced the inbox store and not this one
     */
    public Optional<InboxOperatorStore> inboxOperatorStore() {
        return fitting(InboxOperatorStore.class, InboxStore.class);
    }

    private <T> Optional<T> fitting(Class<T> type, Class<?> beside) {
        boolean fits = isReplaced(type) || !isReplaced(beside) && isSupplied(type);
        return fits ? Optional.of(choose(type)) : Optional.empty();
    }

    /** Without any, nothing is known of a failure. */
    public FailureClassifier classifier() {
        return isReplaced(FailureClassifier.class) || isSupplied(FailureClassifier.class)
                ? choose(FailureClassifier.class)
                : (event, error) -> FailureClassifier.Failure.UNCLEAR;
    }

    private synchronized <T> T choose(Class<T> type) {
        Object known = chosen.get(type);
        if (known == null) {
            known = isReplaced(type) ? own(type).get() : supplied(type).get();
            chosen.put(type, known);
        }
        return type.cast(known);
    }

    private boolean isReplaced(Class<?> type) {
        return !own(type).isUnsatisfied();
    }

    private boolean isSupplied(Class<?> type) {
        return !supplied(type).isUnsatisfied();
    }

    private <T> Instance<T> own(Class<T> type) {
        return beans.select(type, Default.Literal.INSTANCE);
    }

    private <T> Instance<T> supplied(Class<T> type) {
        return beans.select(type, Supplied.Literal.INSTANCE);
    }
}
