/** Who this instance is among the instances of its application, and whether it may still act as that. */
@NullMarked
package dev.posthorn.node;

import org.jspecify.annotations.NullMarked;
