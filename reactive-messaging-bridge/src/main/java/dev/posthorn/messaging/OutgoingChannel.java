package dev.posthorn.messaging;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** An outgoing channel as Config describes it. */
record OutgoingChannel(String name, String connector, Config config) implements ConfiguredChannel {

    /** The channel, if Config gives it a connector. */
    static Optional<OutgoingChannel> of(String name, Config config) {
        return config.getOptionalValue(key(name, "connector"), String.class)
                .map(connector -> new OutgoingChannel(name, connector, config));
    }

    private static final String SEND_TIMEOUT = "send-timeout";
    private static final Duration DEFAULT_SEND_TIMEOUT = Duration.ofSeconds(10);

    static String key(String channel, String attribute) {
        return "mp.messaging.outgoing." + ConfiguredChannel.quoted(channel) + "." + attribute;
    }

    /**
     * With both attributes set, SmallRye's connectors make a CloudEvent of their own of every message, with an id that is new at each
     * attempt.
     */
    boolean writesCloudEventsOfItsOwn() {
        return attribute("cloud-events-type").isPresent()
                && attribute("cloud-events-source").isPresent()
                && attribute("cloud-events").map(Boolean::parseBoolean).orElse(true);
    }

    @Override
    public String key(String attribute) {
        return key(name, attribute);
    }

    /** After which an event without an answer counts as not sent. */
    Duration sendTimeout() {
        return duration("posthorn.channel." + name + "." + SEND_TIMEOUT)
                .or(() -> duration("posthorn." + SEND_TIMEOUT))
                .orElse(DEFAULT_SEND_TIMEOUT);
    }

    /** A wrong value is reported where all of them are, and not thrown while emitters are made. */
    private Optional<Duration> duration(String key) {
        try {
            return config.getOptionalValue(key, Duration.class);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
