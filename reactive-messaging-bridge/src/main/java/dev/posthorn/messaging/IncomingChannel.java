package dev.posthorn.messaging;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** An incoming channel as Config describes it. */
record IncomingChannel(String name, String connector, Config config) implements ConfiguredChannel {

    /** The channels, separated by commas, that Posthorn receives on. */
    static final String CHANNELS_KEY = "posthorn.inbox.channels";

    /** The channel, if Config gives it a connector. */
    static Optional<IncomingChannel> of(String name, Config config) {
        return config.getOptionalValue(key(name, "connector"), String.class)
                .map(connector -> new IncomingChannel(name, connector, config));
    }

    /** The names of the channels that Posthorn is given. */
    static Set<String> listed(Config config) {
        Set<String> channels = new LinkedHashSet<>();
        for (String listed :
                config.getOptionalValues(CHANNELS_KEY, String.class).orElse(List.of())) {
            String channel = listed.strip();
            if (!channel.isEmpty()) {
                channels.add(channel);
            }
        }
        return channels;
    }

    static String key(String channel, String attribute) {
        return "mp.messaging.incoming." + ConfiguredChannel.quoted(channel) + "." + attribute;
    }

    @Override
    public String key(String attribute) {
        return key(name, attribute);
    }

    boolean isFalse(String attribute) {
        return attribute(attribute)
                .filter(value -> !Boolean.parseBoolean(value))
                .isPresent();
    }
}
