package dev.posthorn.example.shipping;

import dev.posthorn.IntegrationEvent;

/** What shipping needs to know of an order: a class of its own, found by its name, with none of the shop's code. */
@IntegrationEvent
public record OrderPlaced(long orderId, String customer) {}
