package dev.posthorn.tck.once;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** Follows from each errand. */
@IntegrationEvent(topic = "returned")
public record Returned(@Key String who, String what) {}
