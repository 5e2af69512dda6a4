package dev.posthorn.messaging;

import java.util.List;

/** For connectors that nothing is known of: they get the payload, and whether they acknowledge too early can't be seen. */
final class UnknownConnectorSupport implements ConnectorSupport {

    @Override
    public List<String> problems(OutgoingChannel channel) {
        return List.of();
    }

    @Override
    public boolean carriesAttributes() {
        return false;
    }

    @Override
    public MessageFactory messages(OutgoingChannel channel) {
        return new PayloadMessages();
    }
}
