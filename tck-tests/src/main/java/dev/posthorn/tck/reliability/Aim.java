package dev.posthorn.tck.reliability;

import java.util.Optional;

/**
 * Where a write goes.
 *
 * @param topic of its events, unless it is the one of their types
 */
record Aim(String key, Optional<String> topic) {}
