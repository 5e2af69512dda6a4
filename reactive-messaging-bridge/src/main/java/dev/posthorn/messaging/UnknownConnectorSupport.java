package dev.posthorn.messaging;

import static java.lang.System.Logger.Level.WARNING;

import java.util.List;

/** For connectors that nothing is known of: they get the payload, and whether they acknowledge too early can't be seen. */
final class UnknownConnectorSupport implements ConnectorSupport {

    private static final System.Logger LOG = System.getLogger(UnknownConnectorSupport.class.getName());

    @Override
    public List<String> problems(OutgoingChannel channel) {
        LOG.log(WARNING, BridgeMessages.payloadOnly(channel));
        return List.of();
    }

    @Override
    public MessageFactory messages() {
        return new PayloadMessages();
    }
}
