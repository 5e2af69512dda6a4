package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;

/** Handled with the help of Fault Tolerance. */
@IntegrationEvent
public record Ticket(String order, String text) {}
