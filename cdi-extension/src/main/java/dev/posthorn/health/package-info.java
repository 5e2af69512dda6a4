/** Whether this node works: what MicroProfile Health tells those who ask, where the server has it. */
@NullMarked
package dev.posthorn.health;

import org.jspecify.annotations.NullMarked;
