package dev.posthorn.relay;

import dev.posthorn.channel.Channel;
import java.time.Duration;

/** Asks for a pass to be made soon, on another thread. Cheap, never blocks, and never lost: a pass begins after the call. */
interface WakeUps {

    void send(Channel channel);

    /** What is to be sent after what is being sent now. */
    void ask(Channel channel);

    /** Not at once, but after this time at the latest, or with the next pulse. */
    void sendWithin(Channel channel, Duration time);

    void retry(Channel channel);

    void table(Channel channel);

    void mark();

    void takeOver();

    /** Observers are to be called. */
    void announce();

    /** Waits a moment for more events, so that the next question is for more of them. Unlike all others it blocks: it is for passes. */
    void gather();

    /** No pass that sends, or that looks for more to send, begins after this. */
    void stopSending();

    /** No pass at all begins after this. */
    void stop();
}
