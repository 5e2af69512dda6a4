/**
 * The first step of an event: it is turned into an envelope when it is fired, and waits in a buffer of its transaction.
 */
@NullMarked
package dev.posthorn.capture;

import org.jspecify.annotations.NullMarked;
