/** The portable CDI extension: finds event types, observes what is fired, reports what can't work. */
@NullMarked
package dev.posthorn.extension;

import org.jspecify.annotations.NullMarked;
