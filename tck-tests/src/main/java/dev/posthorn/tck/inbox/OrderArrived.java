package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;

/** The receiver's own class of an event that somebody else calls an order. */
@IntegrationEvent(type = "Order")
public record OrderArrived(String order, String text) {}
