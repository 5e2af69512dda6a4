package dev.posthorn.tck.freight;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** One of many; who publishes it names the topic. */
@IntegrationEvent(topic = "freight")
public record Freight(@Key String key, long number) {}
