package dev.posthorn.tck.effects;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** Follows from each numbered event, with its number and entry. */
@IntegrationEvent(topic = Followed.TOPIC)
public record Followed(@Key String key, long number, String entry) {

    public static final String TOPIC = "ledger-followed";
}
