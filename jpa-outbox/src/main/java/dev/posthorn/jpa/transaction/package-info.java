/** Posthorn's own transactions, and the caller's: each statement is in one of them, on its connection. */
@NullMarked
package dev.posthorn.jpa.transaction;

import org.jspecify.annotations.NullMarked;
