package dev.posthorn.operate;

import dev.posthorn.operator.ReceivedFilter;
import dev.posthorn.operator.ReceivedPage;
import dev.posthorn.operator.ReceivedState;
import dev.posthorn.operator.ReceivedSummary;
import dev.posthorn.spi.InboxId;
import dev.posthorn.spi.InboxOperatorStore;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Does something to all received events that a filter lets through, page by page, each in transactions of its own. What reaches a state
 * that the filter lets through while this runs, behind the page that is being done, is left alone: so it ends. Only then others of the
 * same keys go on, which would leave the pages before they are done.
 */
final class InboxBulk {

    static final int PAGE = 200;

    private final InboxOperatorStore store;
    private final LocalInbox inbox;
    private final Map<String, Set<String>> keys = new HashMap<>();
    private int count;

    InboxBulk(InboxOperatorStore store, LocalInbox inbox) {
        this.store = store;
        this.inbox = inbox;
    }

    /** A change of some events, unless they are in other states by then, which answers how many it changed. */
    interface Change {
        int make(InboxOperatorStore store, List<InboxId> events, Set<ReceivedState> from);
    }

    /** How many events have been changed by now. */
    int count() {
        return count;
    }

    /** @param possible the states in which the change can be made */
    void change(ReceivedFilter filter, Set<ReceivedState> possible, Change change) {
        Set<ReceivedState> states = EnumSet.copyOf(possible);
        if (!filter.states().isEmpty()) {
            states.retainAll(filter.states());
        }
        Set<ReceivedState> ended = EnumSet.copyOf(states);
        ended.removeIf(state -> !state.isFinal());
        states.removeAll(ended);
        try {
            changeThoseIn(states, filter, change);
            changeThoseIn(ended, untilNow(filter, ended), change);
        } finally {
            keys.forEach(inbox.changed());
        }
    }

    /** What comes to its end again is not to be found once more. */
    private ReceivedFilter untilNow(ReceivedFilter filter, Set<ReceivedState> ended) {
        return ended.isEmpty() || filter.settledUntil() != null
                ? filter
                : filter.settled(filter.settledFrom(), store.time().plusMillis(1));
    }

    private void changeThoseIn(Set<ReceivedState> states, ReceivedFilter filter, Change change) {
        if (states.isEmpty()) {
            return;
        }
        ReceivedFilter meant = filter.states(states);
        Optional<String> next = page(store.list(inbox.consumer(), meant, null, PAGE), states, change);
        while (next.isPresent()) {
            next = page(store.list(inbox.consumer(), meant, next.get(), PAGE), states, change);
        }
    }

    private Optional<String> page(ReceivedPage page, Set<ReceivedState> states, Change change) {
        page.events().forEach(this::noteKey);
        if (!page.events().isEmpty()) {
            count += change.make(store, page.events().stream().map(this::id).toList(), states);
        }
        return page.next();
    }

    private void noteKey(ReceivedSummary event) {
        Set<String> ofChannel = keys.computeIfAbsent(event.channel(), channel -> new HashSet<>());
        if (event.key() != null) {
            ofChannel.add(event.key());
        }
    }

    private InboxId id(ReceivedSummary event) {
        return new InboxId(inbox.consumer(), event.id().source(), event.id().id());
    }
}
