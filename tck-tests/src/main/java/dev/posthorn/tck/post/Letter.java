package dev.posthorn.tck.post;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What is sent and received; each application configures a topic of its own for it. */
@IntegrationEvent
public record Letter(@Key String text) {}
