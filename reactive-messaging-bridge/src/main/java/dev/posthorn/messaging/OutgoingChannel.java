package dev.posthorn.messaging;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** An outgoing channel as Config describes it. */
record OutgoingChannel(String name, String connector, Config config) implements ConfiguredChannel {

    /** The channel, if Config gives it a connector. */
    static Optional<OutgoingChannel> of(String name, Config config) {
        return config.getOptionalValue(key(name, "connector"), String.class)
                .map(connector -> new OutgoingChannel(name, connector, config));
    }

    static String key(String channel, String attribute) {
        return "mp.messaging.outgoing." + ConfiguredChannel.quoted(channel) + "." + attribute;
    }

    @Override
    public String key(String attribute) {
        return key(name, attribute);
    }
}
