package dev.posthorn.capture;

import dev.posthorn.type.EventType;

/** How instances of a class are published. */
record PublishedType(EventType type, KeyReader key) {}
