package dev.posthorn.jpa;

import dev.posthorn.operator.EventState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What users call the states of rows. Lists go through them in this order. */
enum OperationsState {
    UNSENT(EventState.UNSENT, 0),
    DELAYED(EventState.DELAYED, 7),
    WAITING(EventState.WAITING, 3),
    BLOCKING(EventState.DEAD, 6),
    DEAD(EventState.DEAD, 2),
    PARKED(EventState.PARKED, 4),
    DELIVERED(EventState.DELIVERED, 1),
    SKIPPED(EventState.SKIPPED, 5);

    private final EventState state;
    private final int code;

    OperationsState(EventState state, int code) {
        this.state = state;
        this.code = code;
    }

    static OperationsState of(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code == code)
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no state " + code));
    }

    /** Those that users mean by these; all if these are none. */
    static List<OperationsState> of(Set<EventState> states) {
        return Arrays.stream(values())
                .filter(known -> states.isEmpty() || states.contains(known.state))
                .toList();
    }

    EventState state() {
        return state;
    }

    int code() {
        return code;
    }
}
