/** Spring Modulith: its event publication registry, and externalization to Kafka. */
package dev.posthorn.benchmarks.modulith;
