package dev.posthorn.tck.once;

import dev.posthorn.IntegrationEvent;

/** Three handlers, each in a transaction of its own. */
@IntegrationEvent
public record Tour(String who, String what) {}
