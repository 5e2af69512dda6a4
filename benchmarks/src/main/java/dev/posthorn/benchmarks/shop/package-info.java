/** The application on the Jakarta EE server: what its developer writes, and the servlet that starts the load. */
package dev.posthorn.benchmarks.shop;
