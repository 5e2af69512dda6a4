package dev.posthorn.spi;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings what brokers deliver to the inbox. */
public interface EventSource {

    /**
     * Called once, at deployment: can messages be received on these channels?
     *
     * @return what is missing, each with the remedy; empty if all is well
     */
    List<String> prepare(Set<String> channels);

    /**
     * Begins to receive on a channel. Called once for each channel, when the application has started.
     *
     * @param window the most messages that may have been delivered and not been answered yet; each answer makes room for another one
     */
    Subscription open(String channel, int window, Receiver receiver);

    /**
     * A message that the application has received itself.
     *
     * @throws IllegalArgumentException if it is no message
     */
    Arrival arrival(String channel, Object message);

    /** Takes what arrives, in the order of its arrival. Called on the client's threads: must not block. */
    interface Receiver {

        void arrived(Arrival arrival);

        /**
         * Nothing more will arrive on this channel until the application restarts.
         *
         * @param why if it is known
         */
        void ended(@Nullable Throwable why);
    }

    /** An open channel. Its methods may be called from any thread, and again. */
    interface Subscription {

        /** Asks for no more messages; those that were asked for may still arrive. */
        void pause();

        /** Asks for messages again. */
        void resume();

        /** Ends the subscription. What was not answered is delivered again, to whoever subscribes next. */
        void close();
    }
}
