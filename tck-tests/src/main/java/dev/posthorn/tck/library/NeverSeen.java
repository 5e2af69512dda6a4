package dev.posthorn.tck.library;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What nothing but its firing tells of. */
@IntegrationEvent(topic = "capture")
public record NeverSeen(@Key String id) {}
