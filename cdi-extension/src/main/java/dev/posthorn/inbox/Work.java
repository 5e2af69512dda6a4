package dev.posthorn.inbox;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.EventMiddleware.WhenExhausted;
import dev.posthorn.receive.ReceivedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that has been read into the classes of its handlers, and what is to be done with it. */
public interface Work {

    /** Stands around handlers: opens the transaction in which they work, or does not let them work at all. */
    @FunctionalInterface
    interface Boundary {
        void around(Next inside) throws Exception;
    }

    /** The event as it came: under the id by which its sender knows it. */
    ReceivedEvent event();

    /** Takes the place of the event's id, if its class says so and the event has one. */
    @Nullable
    String idempotencyKey();

    /** The names of the handlers, in the order in which they are called; empty if none takes events of this one's class. */
    List<String> handlers();

    /** The classes that the event was found to be of, for people. */
    String classes();

    /** Calls all handlers, inside one boundary. */
    void handleAll(int attempt, Boundary boundary) throws Exception;

    /** Calls one handler, inside a boundary. */
    void handle(String handler, int attempt, Boundary boundary) throws Exception;

    /**
     * Compensates the work of one handler, inside a boundary.
     *
     * @throws IllegalStateException if there is no such handler any more
     */
    void compensate(String handler, int attempt, Boundary boundary) throws Exception;

    /** Tells middleware that an attempt has failed. */
    void failed(int attempt, Throwable failure);

    /** Asks middleware what is to become of the event, whose last attempt has failed. */
    WhenExhausted exhausted(int attempt, Throwable failure);
}
