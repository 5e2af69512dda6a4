package dev.posthorn.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * For how long Kafka's producer keeps an event without an answer, beside for how long Posthorn waits for it.
 *
 * <p>{@code max.block.ms} is how long a send waits for what the producer has to know of a topic. Connectors send one event after the
 * other, so all other events of the channel wait meanwhile: Posthorn sets it where nobody has. {@code delivery.timeout.ms} is how long
 * the producer goes on by itself with what it has taken. It may be longer than Posthorn's patience, since an event is not handed over
 * again meanwhile, and should be: only the producer's own repetitions are no duplicates.
 */
record KafkaTimeouts(OutgoingChannel channel) {

    static final String MAX_BLOCK = "max.block.ms";
    static final String DELIVERY = "delivery.timeout.ms";

    static final String KAFKAS_MAX_BLOCK_MILLIS = "60000";

    private static final Duration KAFKAS_MAX_BLOCK = Duration.ofSeconds(60);
    private static final Duration KAFKAS_DELIVERY = Duration.ofSeconds(120);
    /** SmallRye's connector repeats a send to a missing topic about eight times: with five seconds, others lose a third of the time. */
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(1);

    /** What is longer can't be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(7300);

    private static final Duration SLACK = Duration.ofSeconds(10);

    /**
     * What is to be set for this channel where its configuration leaves it open. What is set for the channel itself comes before this
     * anyway, and is not looked up here: Payara would keep for a minute that the key has no value.
     */
    Map<String, String> defaults() {
        return isSetForAll() ? Map.of() : Map.of(channel.key(MAX_BLOCK), Long.toString(block().toMillis()));
    }

    /** By the user, for all channels of the connector. */
    private boolean isSetForAll() {
        ConfigValue all = channel.config().getConfigValue(ConfiguredChannel.keyOfAll(channel.connector(), MAX_BLOCK));
        return all.getValue() != null && !ProducerDefaults.NAME.equals(all.getSourceName());
    }

    private Duration block() {
        Duration half = channel.sendTimeout().dividedBy(2);
        return half.compareTo(LONGEST_BLOCK) < 0 ? half : LONGEST_BLOCK;
    }

    /** Within which the producer answers, in any case. */
    Duration answer() {
        return value(MAX_BLOCK, KAFKAS_MAX_BLOCK)
                .plus(value(DELIVERY, KAFKAS_DELIVERY))
                .plus(SLACK);
    }

    /** What doesn't fit together. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        Duration block = value(MAX_BLOCK, KAFKAS_MAX_BLOCK);
        if (block.compareTo(channel.sendTimeout()) >= 0) {
            warnings.add(BridgeMessages.blocksTooLong(channel, block, block()));
        }
        Duration delivery = value(DELIVERY, KAFKAS_DELIVERY);
        if (delivery.compareTo(KAFKAS_DELIVERY) < 0) {
            warnings.add(BridgeMessages.givesUpTooEarly(channel, delivery, KAFKAS_DELIVERY));
        }
        return warnings;
    }

    /** Kafka's client refuses what is no number. */
    private Duration value(String attribute, Duration otherwise) {
        return channel.attribute(attribute)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> Duration.ofMillis(Math.min(Long.parseLong(text), LONGEST.toMillis())))
                .orElse(otherwise);
    }
}
