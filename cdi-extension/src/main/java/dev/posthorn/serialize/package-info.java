/** Turns fired events into the bytes that travel. */
@NullMarked
package dev.posthorn.serialize;

import org.jspecify.annotations.NullMarked;
