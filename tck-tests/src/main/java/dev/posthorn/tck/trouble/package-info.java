/** Observers that hang or throw, and handlers that throw {@code Error}s, for as long as a test says. */
package dev.posthorn.tck.trouble;
