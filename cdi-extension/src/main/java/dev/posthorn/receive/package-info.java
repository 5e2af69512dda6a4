/** Reads messages into CloudEvents, whoever has sent them: binary or structured, or plain JSON. No class here needs a container. */
@NullMarked
package dev.posthorn.receive;

import org.jspecify.annotations.NullMarked;
