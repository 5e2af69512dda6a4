package dev.posthorn.tck.startup;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** Initial data has been loaded. */
@IntegrationEvent(topic = "startup")
public record Loaded(@Key String id) {}
