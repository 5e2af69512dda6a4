/**
 * How Posthorn's modules, and stores and transports of one's own, log what comes from elsewhere: in one line, without control
 * characters, of bounded length. Not for applications.
 */
@NullMarked
package dev.posthorn.log;

import org.jspecify.annotations.NullMarked;
