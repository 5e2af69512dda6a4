package dev.posthorn.relay;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.OtherNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The table of nodes: each method is one statement, and happens at one moment. */
final class SimulatedNodes {

    private static final class Living {
        final String name;
        long heardAt;
        long notices;
        Set<String> delivers = Set.of();

        Living(String name, long heardAt) {
            this.name = name;
            this.heardAt = heardAt;
        }
    }

    private final LongSupplier clock;
    private final Map<String, Living> living = new HashMap<>();

    SimulatedNodes(LongSupplier clock) {
        this.clock = clock;
    }

    void join(Node node, String name) {
        living.values().removeIf(other -> other.name.equals(name));
        living.put(node.id(), new Living(name, clock.getAsLong()));
    }

    Optional<List<OtherNode>> beat(Node node) {
        long now = clock.getAsLong();
        Living self = living.get(node.id());
        if (self == null) {
            return Optional.empty();
        }
        self.heardAt = now;
        return Optional.of(living.entrySet().stream()
                .filter(each -> each.getValue() != self)
                .map(each -> new OtherNode(
                        each.getKey(), each.getValue().notices, Duration.ofNanos(now - each.getValue().heardAt)))
                .toList());
    }

    void giveNotice(Node node) {
        Living self = living.get(node.id());
        if (self != null) {
            self.notices++;
        }
    }

    int bury(Node node, Duration silence) {
        long now = clock.getAsLong();
        Living self = living.get(node.id());
        boolean mayJudge = self != null && now - self.heardAt < silence.toNanos();
        return mayJudge ? buryFor(silence) : 0;
    }

    /** What a node does that has been heard of all the time. */
    int buryFor(Duration silence) {
        int before = living.size();
        living.values().removeIf(each -> clock.getAsLong() - each.heardAt >= silence.toNanos());
        return before - living.size();
    }

    boolean noteDelivers(Node node, Set<String> channels) {
        Living self = living.get(node.id());
        if (self == null) {
            return false;
        }
        self.delivers = channels;
        return true;
    }

    Set<String> deliveredByOthers(Node node) {
        return living.entrySet().stream()
                .filter(each -> !each.getKey().equals(node.id()))
                .flatMap(each -> each.getValue().delivers.stream())
                .collect(Collectors.toSet());
    }

    void leave(Node node) {
        living.remove(node.id());
    }

    boolean isLiving(String id) {
        return living.containsKey(id);
    }
}
