package dev.posthorn.tck.library;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What an EJB is injected with an Event of. */
@IntegrationEvent(topic = "capture")
public record InjectedIntoEjb(@Key String id) {}
