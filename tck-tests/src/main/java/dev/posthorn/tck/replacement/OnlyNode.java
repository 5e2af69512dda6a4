package dev.posthorn.tck.replacement;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/** There is no other. */
@ApplicationScoped
public class OnlyNode implements NodeStore {

    private volatile boolean joined;

    public boolean hasJoined() {
        return joined;
    }

    @Override
    public void join(Node node, String name) {
        joined = true;
    }

    @Override
    public boolean beat(Node node) {
        return joined;
    }

    @Override
    public int bury(Node node, Duration silence) {
        return 0;
    }

    @Override
    public boolean noteDelivers(Node node, Set<String> channels) {
        return joined;
    }

    @Override
    public Set<String> deliveredByOthers(Node node) {
        return Set.of();
    }

    @Override
    public void leave(Node node) {
        joined = false;
    }
}
