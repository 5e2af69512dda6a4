package dev.posthorn.benchmarks.emitter;

import dev.posthorn.benchmarks.load.OrderPlaced;

/** An event like any of CDI: Posthorn does not know it. */
public record Announcement(OrderPlaced order) {}
