/** How statements are written, sent and read: parameters, batches, rows and columns that outbox and inbox have in common. */
@NullMarked
package dev.posthorn.jpa.statement;

import org.jspecify.annotations.NullMarked;
