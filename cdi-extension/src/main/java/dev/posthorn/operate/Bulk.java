package dev.posthorn.operate;

import dev.posthorn.operator.EventFilter;
import dev.posthorn.operator.EventPage;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.EventSummary;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.OperatorStore;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Does something to all events that a filter lets through, page by page, each in transactions of its own. What reaches a state that
 * the filter lets through while this runs, behind the page that is being done, is left alone: so it ends.
 */
final class Bulk {

    static final int PAGE = 200;

    private final OperatorStore store;
    private final Node node;
    private final LocalRelay relay;
    private final Runnable giveNotice;
    private int count;

    /** @param giveNotice lets other nodes know that there is something for them */
    Bulk(OperatorStore store, Node node, LocalRelay relay, Runnable giveNotice) {
        this.store = store;
        this.node = node;
        this.relay = relay;
        this.giveNotice = giveNotice;
    }

    /** A change of some events of one channel, unless they are in other states by then, which answers how many it changed. */
    interface Change {
        int make(Node owner, List<EventSummary> events, Set<EventState> from);
    }

    /** How many events have been changed by now. */
    int count() {
        return count;
    }

    /** @param possible the states in which the change can be made */
    void change(EventFilter filter, Set<EventState> possible, Change change) {
        Set<EventState> states = EnumSet.copyOf(possible);
        if (!filter.states().isEmpty()) {
            states.retainAll(filter.states());
        }
        if (states.isEmpty()) {
            return;
        }
        EventFilter meant = filter.states(states);
        Optional<String> next = page(store.list(node.application(), meant, null, PAGE), states, change);
        while (next.isPresent()) {
            next = page(store.list(node.application(), meant, next.get(), PAGE), states, change);
        }
    }

    private Optional<String> page(EventPage page, Set<EventState> states, Change change) {
        byChannel(page.events()).forEach((channel, events) -> {
            boolean isOurs = relay.channels().contains(channel);
            // A node that has the channel takes them over.
            Node owner = isOurs ? node : new Node(Node.NOBODY, node.application());
            count += change.make(owner, events, states);
            if (isOurs) {
                relay.lookAgain(channel, keys(events));
            } else {
                giveNotice.run();
            }
        });
        return page.next();
    }

    private static Map<String, List<EventSummary>> byChannel(List<EventSummary> events) {
        return events.stream().collect(Collectors.groupingBy(EventSummary::channel, TreeMap::new, Collectors.toList()));
    }

    private static Collection<String> keys(List<EventSummary> events) {
        return events.stream()
                .filter(EventSummary::ordered)
                .map(EventSummary::key)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
