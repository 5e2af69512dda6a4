/** What the plain JVMs have in common, those of the yardsticks and of each peer. It sees no class of the harness, whose libraries they don't have. */
package dev.posthorn.benchmarks.plain;
