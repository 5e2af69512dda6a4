/** The application that receives: the same work in handlers of Posthorn's and in plain {@code @Incoming} methods. */
package dev.posthorn.benchmarks.shipping;
