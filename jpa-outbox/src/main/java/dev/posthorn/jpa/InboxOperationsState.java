package dev.posthorn.jpa;

import dev.posthorn.operator.ReceivedState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What users call the states of the inbox's rows. Lists go through them in this order. */
enum InboxOperationsState {
    DUE(ReceivedState.DUE, RowState.UNSENT),
    DELAYED(ReceivedState.DELAYED, RowState.DELAYED),
    WAITING(ReceivedState.WAITING, RowState.WAITING),
    BLOCKING(ReceivedState.DEAD, RowState.BLOCKING),
    DEAD(ReceivedState.DEAD, RowState.DEAD),
    PARKED(ReceivedState.PARKED, RowState.PARKED),
    HANDLED(ReceivedState.HANDLED, RowState.DELIVERED),
    DISCARDED(ReceivedState.DISCARDED, RowState.DISCARDED);

    private final ReceivedState state;
    private final RowState row;

    InboxOperationsState(ReceivedState state, RowState row) {
        this.state = state;
        this.row = row;
    }

    static InboxOperationsState of(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code() == code)
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no state " + code));
    }

    /** Those that users mean by these; all if these are none. */
    static List<InboxOperationsState> of(Set<ReceivedState> states) {
        return Arrays.stream(values())
                .filter(known -> states.isEmpty() || states.contains(known.state))
                .toList();
    }

    /** The states of rows that are meant by these, and among those in which a change can be made; as SQL has them. */
    static String codes(Set<ReceivedState> states, Set<RowState> possible) {
        return Arrays.stream(values())
                .filter(known -> states.contains(known.state) && possible.contains(known.row))
                .map(known -> Integer.toString(known.code()))
                .collect(Collectors.joining(", "));
    }

    ReceivedState state() {
        return state;
    }

    int code() {
        return row.code();
    }
}
