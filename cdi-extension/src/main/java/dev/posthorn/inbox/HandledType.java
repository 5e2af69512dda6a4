package dev.posthorn.inbox;

import dev.posthorn.WhenDead;
import dev.posthorn.receive.ReceivedEvent;

/** A logical type that this application handles. */
public interface HandledType {

    String name();

    /** Whether events of one key are handled in the order of their arrival. */
    boolean ordered();

    /** What becomes of later events of a key when one is dead. */
    WhenDead whenDead();

    /**
     * Reads an event of this type.
     *
     * @throws dev.posthorn.receive.UnreadableMessageException if its data can't be read into the classes of its handlers
     */
    Work open(ReceivedEvent event, String channel);
}
