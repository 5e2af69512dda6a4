package dev.posthorn.relay;

import dev.posthorn.spi.EventEnvelope;

/** Tries again, several times and with pauses, what could not be sent at once; answers when it is done. */
public interface Retrier {

    /** Returns when the broker has acknowledged the event; throws if it gave up. */
    void send(EventEnvelope event) throws Exception;
}
