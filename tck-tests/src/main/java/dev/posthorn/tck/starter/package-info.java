/** The example that is to be copied, built and run as its reader would: with Maven, the server's own programs and HTTP. */
package dev.posthorn.tck.starter;
