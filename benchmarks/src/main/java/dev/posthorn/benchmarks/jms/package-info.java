/** The application without Posthorn: the row and a message to a broker of JMS, in one transaction over two resources. */
package dev.posthorn.benchmarks.jms;
