/** gruelbox transaction-outbox. */
package dev.posthorn.benchmarks.gruelbox;
