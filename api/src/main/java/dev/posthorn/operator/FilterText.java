package dev.posthorn.operator;

import dev.posthorn.log.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of a filter, as a log says them: those that there are. */
final class FilterText {

    private static final int MOST_IDS = 10;

    private final StringBuilder text = new StringBuilder();

    <T> FilterText ids(Collection<T> ids, Comparator<T> order) {
        return ids.isEmpty() ? this : and("ids", first(ids, order), "");
    }

    <S extends Enum<S>> FilterText states(Set<S> states) {
        return states.isEmpty() ? this : and("states", EnumSet.copyOf(states), "");
    }

    FilterText and(String name, @Nullable Object value) {
        return and(name, value, "");
    }

    FilterText and(String name, @Nullable Object value, String suffix) {
        if (value != null) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(name)
                    .append(' ')
                    .append(Printable.of(value))
                    .append(suffix);
        }
        return this;
    }

    /** @param all what a filter without conditions means */
    String or(String all) {
        return text.isEmpty() ? all : text.toString();
    }

    private static <T> String first(Collection<T> ids, Comparator<T> order) {
        return ids.stream().limit(MOST_IDS).sorted(order).map(Printable::text).collect(Collectors.joining(", "))
                + (ids.size() > MOST_IDS ? " and " + (ids.size() - MOST_IDS) + " more" : "");
    }
}
