/** What differs between databases. No other room knows one of them by name; none of these classes sends a statement. */
@NullMarked
package dev.posthorn.jpa.dialect;

import org.jspecify.annotations.NullMarked;
