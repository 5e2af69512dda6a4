/** How often, and after which delays, something that failed is tried again. */
@NullMarked
package dev.posthorn.retry;

import org.jspecify.annotations.NullMarked;
