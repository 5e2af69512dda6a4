/** Puts the parts together in a running application, starts them and stops them. */
@NullMarked
package dev.posthorn.runtime;

import org.jspecify.annotations.NullMarked;
