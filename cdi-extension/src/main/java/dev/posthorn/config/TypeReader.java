package dev.posthorn.config;

import dev.posthorn.type.EventType;
import java.time.Duration;

/** What is said of a type: {@code posthorn.event.<type>.<key>}. */
record TypeReader(ConfigReader reader, String type) {

    int positiveInt(String key, int fallback) {
        return reader.positiveInt(EventType.PREFIX + type + "." + key, fallback);
    }

    Duration duration(String key, Duration fallback) {
        return reader.duration(EventType.PREFIX + type + "." + key, fallback, Duration.ofMillis(1));
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> ofEnum, E fallback) {
        return reader.oneOf(EventType.PREFIX + type + "." + key, ofEnum, fallback);
    }
}
