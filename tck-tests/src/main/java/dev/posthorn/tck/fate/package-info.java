/** Transactions of every kind, each with business data and an event, whose fate the database decides at the COMMIT. */
package dev.posthorn.tck.fate;
