/** An application whose events are counted: a ledger, written in the same transactions, knows all that may be published. */
package dev.posthorn.tck.ledger;
