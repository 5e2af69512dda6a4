package dev.posthorn.tck.library;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What the application selects from an Event of something else. */
@IntegrationEvent(topic = "capture")
public record Selected(@Key String id) {}
