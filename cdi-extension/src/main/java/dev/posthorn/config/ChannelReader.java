package dev.posthorn.config;

import java.time.Duration;

/** What is said of a channel: {@code posthorn.channel.<name>.<key>}, or else {@code posthorn.<key>}, which is for all. */
record ChannelReader(ConfigReader reader, String channel) {

    int positiveInt(String key, int fallback) {
        return reader.positiveInt(keyOf(key), fallback);
    }

    long positiveLong(String key, long fallback) {
        return reader.positiveLong(keyOf(key), fallback);
    }

    Duration duration(String key, Duration fallback) {
        return reader.duration(keyOf(key), fallback, Duration.ofMillis(1));
    }

    double fraction(String key, double fallback) {
        return reader.fraction(keyOf(key), fallback);
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
        return reader.oneOf(keyOf(key), type, fallback);
    }

    private String keyOf(String key) {
        String own = "posthorn.channel." + channel + "." + key;
        return reader.text(own).isPresent() ? own : "posthorn." + key;
    }
}
