package dev.posthorn.tck.library;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What a bean of the application is injected with an Event of. */
@IntegrationEvent(topic = "capture")
public record Injected(@Key String id) {}
