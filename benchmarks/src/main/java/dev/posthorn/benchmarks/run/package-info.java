/** A session: which runs it has, what is measured in each, and what is told of them. */
package dev.posthorn.benchmarks.run;
