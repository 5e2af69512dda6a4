package dev.posthorn.inbox;

import dev.posthorn.WhenDead;
import java.util.List;

/**
 * A type of events in a run.
 *
 * @param separately whether each of its handlers has a transaction of its own
 * @param handled whether anybody handles it
 * @param idempotent whether its events are told by a key of their own, since their ids are others at each publication
 */
record Kind(
        String name,
        boolean ordered,
        WhenDead whenDead,
        boolean separately,
        List<String> handlers,
        boolean handled,
        boolean idempotent) {}
