package dev.posthorn.tck.replacement;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OtherNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    public Optional<List<OtherNode>> beat(Node node) {
        return joined ? Optional.of(List.of()) : Optional.empty();
    }

    @Override
    public void giveNotice(Node node) {
        // There is nobody to see it.
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
