/** The load, the same for all variants: what runs in the server under test, and nothing that knows which one that is. */
package dev.posthorn.benchmarks.load;
