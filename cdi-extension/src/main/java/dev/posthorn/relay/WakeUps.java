package dev.posthorn.relay;

/** Asks for a pass to be made soon, on another thread. Cheap, never blocks, and never lost: a pass begins after the call. */
interface WakeUps {

    void send(ChannelRelay channel);

    void retry(ChannelRelay channel);

    void read(ChannelRelay channel);

    void mark();

    WakeUps NONE = new WakeUps() {
        @Override
        public void send(ChannelRelay channel) {}

        @Override
        public void retry(ChannelRelay channel) {}

        @Override
        public void read(ChannelRelay channel) {}

        @Override
        public void mark() {}
    };
}
