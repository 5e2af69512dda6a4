package dev.posthorn.messaging;

import java.util.List;

/** For connectors that nothing is known of: their messages are read by their payload, and whether they lose some can't be seen. */
final class UnknownConsumer implements IncomingSupport {

    @Override
    public List<String> problems(IncomingChannel channel) {
        return List.of();
    }

    @Override
    public List<String> warnings(IncomingChannel channel) {
        return List.of(BridgeMessages.readsPayloadOnly(channel));
    }
}
