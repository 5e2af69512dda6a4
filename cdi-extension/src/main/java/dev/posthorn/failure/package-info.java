/** What failures of foreign code say, read without trusting that code. No class here needs a container. */
@NullMarked
package dev.posthorn.failure;

import org.jspecify.annotations.NullMarked;
