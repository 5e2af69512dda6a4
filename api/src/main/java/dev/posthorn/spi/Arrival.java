package dev.posthorn.spi;

import java.util.concurrent.CompletionStage;

/** A message that a broker has delivered and that has not been answered yet. Answered once, from any thread. */
public interface Arrival {

    IncomingMessage message();

    /** Tells the broker that the message is done with: it need not be delivered again. */
    CompletionStage<?> acknowledge();

    /** Tells the broker that the message was not taken. What follows from that depends on the connector; many stop the channel. */
    CompletionStage<?> refuse(Throwable why);
}
