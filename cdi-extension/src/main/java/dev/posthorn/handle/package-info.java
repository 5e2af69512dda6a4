/** Finds the handlers and the middleware of an application, and calls them in order. */
@NullMarked
package dev.posthorn.handle;

import org.jspecify.annotations.NullMarked;
