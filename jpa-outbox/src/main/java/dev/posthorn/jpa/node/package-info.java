/** The nodes, and what the channels and keys of the nodes are told. */
@NullMarked
package dev.posthorn.jpa.node;

import org.jspecify.annotations.NullMarked;
