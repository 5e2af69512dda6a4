package dev.posthorn.example;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;
import java.math.BigDecimal;

/** Tells other systems of an order. Events of one customer reach the broker in the order in which they were committed. */
@IntegrationEvent
public record OrderPlaced(long orderId, @Key String customer, BigDecimal amount) {}
