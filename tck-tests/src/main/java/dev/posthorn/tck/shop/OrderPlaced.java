package dev.posthorn.tck.shop;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What most tests fire. */
@IntegrationEvent(topic = "orders")
public record OrderPlaced(@Key String order, String text) {}
