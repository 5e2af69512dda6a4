package dev.posthorn.relay;

import dev.posthorn.spi.Node;
import dev.posthorn.spi.OtherNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The table of nodes: each method is one statement, and happens at one moment. */
final class SimulatedNodes {

    private static final long ENOUGH_TO_BE_SEEN = Scenario.NODE_TIMEOUT.toNanos();

    private static final class Living {
        final String name;
        final long joinedAt;
        long heardAt;
        long notices;
        Set<String> delivers = Set.of();

        Living(String name, long heardAt) {
            this.name = name;
            this.joinedAt = heardAt;
            this.heardAt = heardAt;
        }
    }

    private final LongSupplier clock;
    private final Consumer<String> goneUnseen;
    private final Map<String, Living> living = new HashMap<>();
    private int changes;

    /** @param goneUnseen is told of a node that is gone before all others could see it, in a beat whose answer they got */
    SimulatedNodes(LongSupplier clock, Consumer<String> goneUnseen) {
        this.clock = clock;
        this.goneUnseen = goneUnseen;
    }

    /** How often a node has come, gone, or given notice. */
    int changes() {
        return changes;
    }

    private int remove(Predicate<Map.Entry<String, Living>> who) {
        List<Map.Entry<String, Living>> gone =
                living.entrySet().stream().filter(who).toList();
        for (Map.Entry<String, Living> each : gone) {
            changes++;
            living.remove(each.getKey());
            long joinedAt = each.getValue().joinedAt;
            if (clock.getAsLong() - joinedAt < ENOUGH_TO_BE_SEEN
                    || living.values().stream().anyMatch(other -> other.heardAt < joinedAt)) {
                goneUnseen.accept(each.getKey());
            }
        }
        return gone.size();
    }

    void join(Node node, String name) {
        remove(other -> other.getValue().name.equals(name));
        changes++;
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
            changes++;
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
        return remove(each -> clock.getAsLong() - each.getValue().heardAt >= silence.toNanos());
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
        remove(each -> each.getKey().equals(node.id()));
    }

    boolean isLiving(String id) {
        return living.containsKey(id);
    }
}
