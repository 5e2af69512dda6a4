/** What the ledger's nodes do with the events that they publish themselves: each leaves an effect, and some of it goes wrong. */
package dev.posthorn.tck.effects;
