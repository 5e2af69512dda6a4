/** The inbox, by task: admit, claim, keep, read, mark, release, clean up. */
@NullMarked
package dev.posthorn.jpa.inbox;

import org.jspecify.annotations.NullMarked;
