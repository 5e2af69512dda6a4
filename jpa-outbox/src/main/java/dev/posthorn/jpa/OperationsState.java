package dev.posthorn.jpa;

import dev.posthorn.operator.EventState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What users call the states of rows. Lists go through them in this order. */
enum OperationsState {
    UNSENT(EventState.UNSENT, RowState.UNSENT),
    DELAYED(EventState.DELAYED, RowState.DELAYED),
    WAITING(EventState.WAITING, RowState.WAITING),
    BLOCKING(EventState.DEAD, RowState.BLOCKING),
    DEAD(EventState.DEAD, RowState.DEAD),
    PARKED(EventState.PARKED, RowState.PARKED),
    DELIVERED(EventState.DELIVERED, RowState.DELIVERED),
    DISCARDED(EventState.DISCARDED, RowState.DISCARDED);

    private final EventState state;
    private final RowState row;

    OperationsState(EventState state, RowState row) {
        this.state = state;
        this.row = row;
    }

    static OperationsState of(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code() == code)
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no state " + code));
    }

    /** Those that users mean by these; all if these are none. */
    static List<OperationsState> of(Set<EventState> states) {
        return Arrays.stream(values())
                .filter(known -> states.isEmpty() || states.contains(known.state))
                .toList();
    }

    /** The states of rows that are meant by these, and among those in which a change can be made; as SQL has them. */
    static String codes(Set<EventState> states, Set<RowState> possible) {
        return Arrays.stream(values())
                .filter(known -> states.contains(known.state) && possible.contains(known.row))
                .map(known -> Integer.toString(known.code()))
                .collect(Collectors.joining(", "));
    }

    EventState state() {
        return state;
    }

    int code() {
        return row.code();
    }
}
