package dev.posthorn.tck.ledger;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** An event that has a key but no place in its order. */
@IntegrationEvent(topic = "ledger", ordered = false)
public record Uncounted(@Key String key, String entry) {}
