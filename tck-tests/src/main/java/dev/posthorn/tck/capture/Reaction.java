package dev.posthorn.tck.capture;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What observers fire. */
@IntegrationEvent(topic = "capture")
public record Reaction(@Key String id) {}
