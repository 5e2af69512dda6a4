package dev.posthorn.tck.inbox;

import dev.posthorn.IdempotencyKey;
import dev.posthorn.IntegrationEvent;

/** Known by its number, whatever the event's id. */
@IntegrationEvent
public record Payment(@IdempotencyKey String number, String order, String text) {}
