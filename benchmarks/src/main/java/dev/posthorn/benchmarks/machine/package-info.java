/** The processes that a session consists of, and what the machine says about them. Linux only: it reads {@code /proc}. */
package dev.posthorn.benchmarks.machine;
