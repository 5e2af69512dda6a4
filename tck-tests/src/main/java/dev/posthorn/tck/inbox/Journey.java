package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;

/** Booked by three handlers, each in a transaction of its own. */
@IntegrationEvent
public record Journey(String order, String text) {}
