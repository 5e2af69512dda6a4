package dev.posthorn.operate;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes all events that a filter lets through, page by page, each in transactions of its own. What reaches a state that the filter
 * lets through while this runs, behind the page that is being changed, is left alone: so it ends.
 *
 * @param <S> what is known of an event
 * @param <E> the states of events
 */
final class Bulk<S, E extends Enum<E>> {

    static final int PAGE = 200;

    private final Function<S, String> together;
    private final Consumer<List<S>> changed;
    private int count;

    /**
     * @param together events of a page for which this is the same are changed together
     * @param changed takes what may have been changed
     */
    Bulk(Function<S, String> together, Consumer<List<S>> changed) {
        this.together = together;
        this.changed = changed;
    }

    /** Finds a page of the events in these states; the first one after null. */
    interface Pages<S, E> {
        Page<S> find(Set<E> states, @Nullable String after);
    }

    record Page<S>(List<S> events, Optional<String> next) {}

    /** A change of some events, unless they are in other states by then, which answers how many it changed. */
    interface Change<S, E> {
        int apply(List<S> events, Set<E> from);
    }

    /** How many events have been changed by now. */
    int count() {
        return count;
    }

    void change(Pages<S, E> pages, Set<E> states, Change<S, E> change) {
        Optional<String> next = states.isEmpty() ? Optional.empty() : change(pages.find(states, null), states, change);
        while (next.isPresent()) {
            next = change(pages.find(states, next.get()), states, change);
        }
    }

    private Optional<String> change(Page<S> page, Set<E> states, Change<S, E> change) {
        for (List<S> events : parts(page)) {
            try {
                count += change.apply(events, states);
            } finally {
                changed.accept(events);
            }
        }
        return page.next();
    }

    private Collection<List<S>> parts(Page<S> page) {
        return page.events().stream()
                .collect(Collectors.groupingBy(together, TreeMap::new, Collectors.toList()))
                .values();
    }

    /**
     * The states of the events that are meant.
     *
     * @param possible the states in which the change can be made
     * @param namedOnly those in which events are by somebody's will: they are meant only where state or event is named
     * @param named the states that the filter names
     * @param byId whether the filter names events
     */
    static <E extends Enum<E>> Set<E> meant(Set<E> possible, Set<E> namedOnly, Set<E> named, boolean byId) {
        Set<E> meant = EnumSet.copyOf(possible);
        if (!named.isEmpty()) {
            meant.retainAll(named);
        } else if (!byId) {
            meant.removeAll(namedOnly);
        }
        return meant;
    }
}
