/** What applications on servers have in common: the business row, the event's JSON, and the servlets that start the load. */
package dev.posthorn.benchmarks.server;
