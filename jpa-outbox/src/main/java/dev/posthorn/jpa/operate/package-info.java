/** What operators see and change of outbox and inbox. */
@NullMarked
package dev.posthorn.jpa.operate;

import org.jspecify.annotations.NullMarked;
