/** What operators do to the outbox: bulk forms over the store, the log of who did what, and the channels that are paused. */
@NullMarked
package dev.posthorn.operate;

import org.jspecify.annotations.NullMarked;
