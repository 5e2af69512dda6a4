package dev.posthorn.tck.novelty;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** A new type on a channel that older versions have too: they need not know the type to send it. */
@IntegrationEvent(topic = Novelty.TOPIC)
public record Recent(@Key String key, long number, String entry) {}
