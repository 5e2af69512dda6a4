/** What applications on servers have in common: the business row, and the servlets that start the load. */
package dev.posthorn.benchmarks.server;
