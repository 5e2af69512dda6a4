package dev.posthorn.tck.once;

import dev.posthorn.IntegrationEvent;

/** Run by all its handlers in one transaction. */
@IntegrationEvent
public record Errand(String who, String what) {}
