package dev.posthorn.messaging;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** A channel as Config describes it. */
interface ConfiguredChannel {

    String name();

    /** The connector's name. */
    String connector();

    Config config();

    /** The key of one of the channel's attributes. */
    String key(String attribute);

    /** The channel's own value of an attribute, else that of its connector. */
    default Optional<String> attribute(String attribute) {
        return config().getOptionalValue(key(attribute), String.class)
                .or(() -> config().getOptionalValue(keyOfAll(connector(), attribute), String.class))
                .map(String::strip);
    }

    default boolean isTrue(String attribute) {
        return attribute(attribute).filter(Boolean::parseBoolean).isPresent();
    }

    /** The key of an attribute of all channels of a connector. */
    static String keyOfAll(String connector, String attribute) {
        return "mp.messaging.connector." + connector + "." + attribute;
    }

    /** A channel's name within a key. Names with dots are quoted, as SmallRye, which all the servers build upon, reads them. */
    static String quoted(String name) {
        return name.indexOf('.') < 0 ? name : '"' + name + '"';
    }
}
