package dev.posthorn.capture;

import dev.posthorn.spi.EventType;

/** How instances of a class are published. */
record PublishedType(EventType type, KeyReader key) {}
