package dev.posthorn.tck.novelty;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** On a channel that older versions do not have. */
@IntegrationEvent(channel = Novelty.CHANNEL, topic = Novelty.TOPIC)
public record Novelty(@Key String key, long number, String entry) {

    public static final String CHANNEL = "novelties";
    public static final String TOPIC = "novelties";
}
