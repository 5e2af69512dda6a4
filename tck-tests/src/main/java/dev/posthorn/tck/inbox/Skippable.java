package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.WhenDead;

/** Later events of its key go on without it. */
@IntegrationEvent(whenDead = WhenDead.SKIP)
public record Skippable(String order, String text) {}
