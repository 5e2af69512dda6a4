package dev.posthorn.inbox;

import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.IncomingMessage;
import java.util.concurrent.CompletionStage;

/** A message that the application has handed over; its place is free again when it has been answered. */
record HandedOver(Arrival arrival, Room room) implements Arrival {

    @Override
    public IncomingMessage message() {
        return arrival.message();
    }

    @Override
    public CompletionStage<?> acknowledge() {
        room.leave();
        return arrival.acknowledge();
    }

    @Override
    public CompletionStage<?> refuse(Throwable why) {
        room.leave();
        return arrival.refuse(why);
    }
}
