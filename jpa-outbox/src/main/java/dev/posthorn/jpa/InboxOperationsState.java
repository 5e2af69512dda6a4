package dev.posthorn.jpa;

import dev.posthorn.operator.ReceivedState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What users call the states of the inbox's rows. Lists go through them in this order. */
enum InboxOperationsState {
    DUE(ReceivedState.DUE, RowState.UNSENT),
    DELAYED(ReceivedState.DELAYED, RowState.DELAYED),
    WAITING(ReceivedState.WAITING, RowState.WAITING),
    BLOCKING(ReceivedState.DEAD, RowState.BLOCKING),
    DEAD(ReceivedState.DEAD, RowState.DEAD),
    PARKED(ReceivedState.PARKED, RowState.PARKED),
    HANDLED(ReceivedState.HANDLED, RowState.DELIVERED),
    DISCARDED(ReceivedState.DISCARDED, RowState.SKIPPED);

    private final ReceivedState state;
    private final int code;

    InboxOperationsState(ReceivedState state, RowState row) {
        this.state = state;
        this.code = row.code();
    }

    static InboxOperationsState of(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code == code)
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no state " + code));
    }

    /** Those that users mean by these; all if these are none. */
    static List<InboxOperationsState> of(Set<ReceivedState> states) {
        return Arrays.stream(values())
                .filter(known -> states.isEmpty() || states.contains(known.state))
                .toList();
    }

    ReceivedState state() {
        return state;
    }

    int code() {
        return code;
    }
}
