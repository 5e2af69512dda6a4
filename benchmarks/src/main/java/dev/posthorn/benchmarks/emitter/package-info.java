/** What is written by hand in place of Posthorn, in the same application: an emitter of Reactive Messaging sends. */
package dev.posthorn.benchmarks.emitter;
