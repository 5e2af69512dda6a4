package dev.posthorn.benchmarks.shipping;

import dev.posthorn.IntegrationEvent;

/** An event of some 1000 bytes of JSON that is counted, and no more. */
@IntegrationEvent
public record OrderSeen(long id, String customer, long cents, String currency, String placedAt, String note) {}
