/** Whether the store answers, as all who ask it see it together. */
@NullMarked
package dev.posthorn.watch;

import org.jspecify.annotations.NullMarked;
