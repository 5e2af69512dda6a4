package dev.posthorn.relay;

import dev.posthorn.spi.Node;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Another node of the application, which buries the silent, keeps what they owned for a while without sending it, and leaves. */
final class Neighbour {

    private static final Node SELF = new Node("neighbour", "app");

    private final SimulatedStore store;
    private final Set<String> channels;
    private final Consumer<Supplier<String>> trace;
    private boolean here;

    Neighbour(SimulatedStore store, List<String> channels, Consumer<Supplier<String>> trace) {
        this.store = store;
        this.channels = Set.copyOf(channels);
        this.trace = trace;
    }

    void comeOrGo() {
        if (here) {
            go();
        } else if (store.nodes().buryFor(Scenario.NODE_TIMEOUT) > 0) {
            here = true;
            store.nodes().join(SELF, "neighbour");
            store.deadOwners().forEach(owner -> channels.forEach(channel -> store.takeOver(SELF, owner, channel)));
            trace.accept(() -> "a neighbour has declared this node dead and taken over its events");
        }
    }

    void go() {
        if (here) {
            here = false;
            store.nodes().leave(SELF);
            trace.accept(() -> "the neighbour leaves");
        }
    }
}
