/** The tables: creates them, says what they lack, and tries at the start whether transactions are some. */
@NullMarked
package dev.posthorn.jpa.schema;

import org.jspecify.annotations.NullMarked;
