package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.spi.Node;
import dev.posthorn.spi.Turn;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Map;

/** Finds out what comes before events in their keys. */
interface Turns {

    static Turns of(Dialect dialect, Tables tables) {
        return dialect.correlates() ? new TurnsQuery(dialect, tables) : new TurnsByFront(dialect, tables);
    }

    /**
     * The turns of those events that are unsent and the owner's; what was delivered is passed over.
     *
     * @param floor below it, nothing is unsent that was never put away
     */
    Map<Long, Turn> turns(
            EntityManager em,
            Node owner,
            String channel,
            Collection<Long> numbers,
            Collection<Long> delivered,
            long floor);
}
