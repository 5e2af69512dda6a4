package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.WhenDead;

/** Says all by its attributes. */
@IntegrationEvent(whenDead = WhenDead.SKIP)
public record Bell() {}
