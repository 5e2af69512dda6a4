/**
 * The second step of an event: the buffer of a transaction is stored before that commits, and what its end means is told to the
 * relay.
 */
@NullMarked
package dev.posthorn.store;

import org.jspecify.annotations.NullMarked;
