package dev.posthorn.messaging;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * An outgoing channel as Config describes it.
 *
 * @param connector the connector's name
 */
record OutgoingChannel(String name, String connector, Config config) {

    /** The channel, if Config gives it a connector. */
    static Optional<OutgoingChannel> of(String name, Config config) {
        return config.getOptionalValue(key(name, "connector"), String.class)
                .map(connector -> new OutgoingChannel(name, connector, config));
    }

    /** The key of a channel's attribute. Names with dots are quoted, as SmallRye, which all the servers build upon, reads them. */
    static String key(String channel, String attribute) {
        String quoted = channel.indexOf('.') < 0 ? channel : '"' + channel + '"';
        return "mp.messaging.outgoing." + quoted + "." + attribute;
    }

    String key(String attribute) {
        return key(name, attribute);
    }

    /** The channel's own value of an attribute, else that of its connector. */
    Optional<String> attribute(String attribute) {
        return config.getOptionalValue(key(attribute), String.class)
                .or(() ->
                        config.getOptionalValue("mp.messaging.connector." + connector + "." + attribute, String.class))
                .map(String::strip);
    }

    boolean isTrue(String attribute) {
        return attribute(attribute).filter(Boolean::parseBoolean).isPresent();
    }
}
