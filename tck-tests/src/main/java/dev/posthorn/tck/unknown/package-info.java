/** What takes the place of the shop's EntityManager where nobody is to know the persistence provider. */
@NullMarked
package dev.posthorn.tck.unknown;

import org.jspecify.annotations.NullMarked;
