package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import dev.posthorn.relay.Relay.Ports;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.Node;
import java.util.function.LongSupplier;

/** Where the passes of a node work: what they work with, whom they wake, and what time it is. */
record Site(Ports ports, WakeUps wakeUps, LongSupplier nanoClock) {

    long now() {
        return nanoClock.getAsLong();
    }

    Node node() {
        return ports.membership().node();
    }

    boolean mayAct() {
        return ports.membership().mayAct();
    }

    EventStore store() {
        return ports.store();
    }

    void wakeTable(Channel channel) {
        if (channel.table().isWanted(now())) {
            wakeUps.table(channel);
        }
    }

    /**
     * Asks the store, which may throw anything, and never throws itself.
     *
     * @param what completes "The store could not ..."
     * @param undo leaves what was begun to a later pass, if the store does not answer
     * @return whether it has answered
     */
    boolean ask(String what, Runnable question, Runnable undo) {
        try {
            ports.watch().asking(what, question);
            return true;
        } catch (Throwable e) {
            undo.run();
            RelayLog.sayIfError(what, e);
            return false;
        }
    }
}
