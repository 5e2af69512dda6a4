package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.statement.RowState;
import dev.posthorn.operator.EventState;
import dev.posthorn.operator.ReceivedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What users call the states of rows, in the outbox or in the inbox. Lists go through the parts in this order. */
final class OperationsStates<S extends Enum<S>> {

    /** Apart, since databases look up the two ends of an index, but not both at once. */
    private static final List<String> BEYOND = List.of("state < 0", "state > 7");

    /** What the outbox has no rows of, since they are moved to another table. */
    private static final List<String> SETTLED = List.of("state = 1", "state = 5");

    static final OperationsStates<EventState> OUTBOX = new OperationsStates<EventState>(EventState.UNKNOWN)
            .with(EventState.UNSENT, RowState.UNSENT)
            .with(EventState.DELAYED, RowState.DELAYED)
            .with(EventState.WAITING, RowState.WAITING)
            .with(EventState.DEAD, RowState.BLOCKING)
            .with(EventState.DEAD, RowState.DEAD)
            .with(EventState.PARKED, RowState.PARKED)
            .with(EventState.DELIVERED, RowState.DELIVERED)
            .with(EventState.DISCARDED, RowState.DISCARDED)
            .withUnknown(Stream.concat(BEYOND.stream(), SETTLED.stream()).toList());

    static final OperationsStates<ReceivedState> INBOX = new OperationsStates<ReceivedState>(ReceivedState.UNKNOWN)
            .with(ReceivedState.DUE, RowState.UNSENT)
            .with(ReceivedState.DELAYED, RowState.DELAYED)
            .with(ReceivedState.WAITING, RowState.WAITING)
            .with(ReceivedState.DEAD, RowState.BLOCKING)
            .with(ReceivedState.DEAD, RowState.DEAD)
            .with(ReceivedState.PARKED, RowState.PARKED)
            .with(ReceivedState.HANDLED, RowState.DELIVERED)
            .with(ReceivedState.DISCARDED, RowState.DISCARDED)
            .withUnknown(BEYOND);

    private final S unknown;
    private final List<Part<S>> parts = new ArrayList<>();

    private OperationsStates(S unknown) {
        this.unknown = unknown;
    }

    /**
     * Rows that users see in one state, although there may be others.
     *
     * @param row what their column says; null if it says what no version so far has said
     * @param condition the same as SQL. The code is written out, so that partial indexes are found
     */
    record Part<S>(int number, S state, @Nullable RowState row, String condition) {

        boolean isFinal() {
            return row == RowState.DELIVERED || row == RowState.DISCARDED;
        }
    }

    private OperationsStates<S> with(S state, RowState row) {
        parts.add(new Part<>(parts.size(), state, row, "state = " + row.code()));
        return this;
    }

    private OperationsStates<S> withUnknown(List<String> conditions) {
        conditions.forEach(condition -> parts.add(new Part<>(parts.size(), unknown, null, condition)));
        return this;
    }

    /** What users mean by these; all if these are none. */
    List<Part<S>> of(Set<S> states) {
        return parts.stream()
                .filter(part -> states.isEmpty() || states.contains(part.state))
                .toList();
    }

    S of(@Nullable RowState row) {
        return parts.stream()
                .filter(part -> part.row == row)
                .map(Part::state)
                .findFirst()
                .orElse(unknown);
    }

    /** The condition that a row is in one of these states, as far as a change can be made of them; empty if it can't of any. */
    String condition(Set<S> states, Set<RowState> possible, boolean alsoUnknown) {
        List<String> conditions = new ArrayList<>();
        String codes = parts.stream()
                .filter(part -> states.contains(part.state) && part.row != null && possible.contains(part.row))
                .map(part -> Integer.toString(part.row.code()))
                .collect(Collectors.joining(", "));
        if (!codes.isEmpty()) {
            conditions.add("state + 0 IN (" + codes + ")");
        }
        if (alsoUnknown && states.contains(unknown)) {
            parts.stream()
                    .filter(part -> part.row == null)
                    .map(part -> part.condition.replace("state", "state + 0"))
                    .forEach(conditions::add);
        }
        return conditions.isEmpty() ? "" : "(" + String.join(" OR ", conditions) + ")";
    }
}
