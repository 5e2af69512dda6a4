/** The outbox, by task: append, read, ask whose turn it is, mark, delay, shelve, release, adopt, clean up. */
@NullMarked
package dev.posthorn.jpa.outbox;

import org.jspecify.annotations.NullMarked;
