package dev.posthorn.tck.ledger;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/**
 * The event of one number of a key.
 *
 * @param entry the id of its entry in the ledger, if there is one
 */
@IntegrationEvent(topic = "ledger")
public record Counted(@Key String key, long number, String entry) {}
