/** The types of events that an application publishes, as its annotations and its configuration describe them. */
@NullMarked
package dev.posthorn.type;

import org.jspecify.annotations.NullMarked;
