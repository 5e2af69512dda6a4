package dev.posthorn.inbox;

import dev.posthorn.spi.InboxEntry;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.IncomingMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the inbox's table. */
final class Row {

    enum State {
        HANDLED,
        DUE,
        WAITING,
        DEAD,
        BLOCKING,
        PARKED,
        GIVEN_UP;

        boolean isUnfinished() {
            return this == DUE || this == WAITING || this == BLOCKING || this == PARKED;
        }

        boolean isStuck() {
            return this == DEAD || this == BLOCKING || this == PARKED;
        }

        boolean isFinal() {
            return this == HANDLED || this == GIVEN_UP;
        }
    }

    final InboxEvent event;
    final Fate fate;
    final @Nullable IncomingMessage message;
    final long number;
    State state;
    int version;
    int attempts;
    List<String> finished = List.of();
    boolean compensating;

    @Nullable
    String error;

    long time;

    /** The open transaction that has inserted it; until that ends, others don't see it. */
    @Nullable
    SimulatedTransaction inserter;

    /** The open transaction that has locked it. */
    @Nullable
    SimulatedTransaction locker;

    Row(InboxEvent event, Fate fate, @Nullable IncomingMessage message, long number, State state, long time) {
        this.event = event;
        this.fate = fate;
        this.message = message;
        this.number = number;
        this.state = state;
        this.time = time;
    }

    boolean isVisible() {
        return inserter == null;
    }

    boolean isOfKey(InboxEvent other) {
        return other.key() != null
                && other.key().equals(event.key())
                && other.channel().equals(event.channel());
    }

    void change(State next, long at) {
        state = next;
        time = at;
        version++;
    }

    InboxEntry entry() {
        if (message == null) {
            throw new IllegalStateException("Without a message: " + this);
        }
        return new InboxEntry(event, message, version, attempts, finished, compensating, error);
    }

    @Override
    public String toString() {
        return fate.name + " " + state + " v" + version + (attempts == 0 ? "" : " attempts " + attempts)
                + (finished.isEmpty() ? "" : " finished " + finished) + (compensating ? " compensating" : "");
    }
}
