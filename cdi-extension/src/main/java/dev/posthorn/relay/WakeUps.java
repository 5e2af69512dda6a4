package dev.posthorn.relay;

import java.time.Duration;

/** Asks for a pass to be made soon, on another thread. Cheap, never blocks, and never lost: a pass begins after the call. */
interface WakeUps {

    void send(ChannelRelay channel);

    /** What is to be sent after what is being sent now. */
    void ask(ChannelRelay channel);

    /** Not at once, but after this time at the latest, or with the next pulse. */
    void sendWithin(ChannelRelay channel, Duration time);

    void retry(ChannelRelay channel);

    void table(ChannelRelay channel);

    void mark();

    /** Waits a moment for more events, so that the next question is for more of them. Unlike all others it blocks: it is for passes. */
    void gather();

    WakeUps NONE = new WakeUps() {
        @Override
        public void send(ChannelRelay channel) {}

        @Override
        public void ask(ChannelRelay channel) {}

        @Override
        public void sendWithin(ChannelRelay channel, Duration time) {}

        @Override
        public void retry(ChannelRelay channel) {}

        @Override
        public void table(ChannelRelay channel) {}

        @Override
        public void mark() {}

        @Override
        public void gather() {}
    };
}
