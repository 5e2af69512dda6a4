package dev.posthorn.runtime;

import dev.posthorn.spi.EventSerializer;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

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

    private static <T> T choose(Instance<T> all) {
        Instance<T> own = all.select(Default.Literal.INSTANCE);
        return own.isUnsatisfied() ? all.select(Supplied.Literal.INSTANCE).get() : own.get();
    }
}
