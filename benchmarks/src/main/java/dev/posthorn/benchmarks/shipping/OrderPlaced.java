package dev.posthorn.benchmarks.shipping;

import dev.posthorn.IntegrationEvent;

/** An event of the same size that a row is written for. */
@IntegrationEvent
public record OrderPlaced(long id, String customer, long cents, String currency, String placedAt, String note) {}
