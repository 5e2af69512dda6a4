/** Deletes events that were delivered long enough ago. */
@NullMarked
package dev.posthorn.clean;

import org.jspecify.annotations.NullMarked;
