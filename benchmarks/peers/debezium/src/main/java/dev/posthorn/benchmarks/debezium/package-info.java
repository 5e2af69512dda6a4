/** Debezium's embedded engine with the outbox event router. */
package dev.posthorn.benchmarks.debezium;
