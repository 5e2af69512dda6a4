/** What MicroProfile Config says, read once. */
@NullMarked
package dev.posthorn.config;

import org.jspecify.annotations.NullMarked;
