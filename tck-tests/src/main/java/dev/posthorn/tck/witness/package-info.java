/** Watches from inside the application what Posthorn does there. */
package dev.posthorn.tck.witness;
