/** Arquillian's way to a {@link dev.posthorn.tck.server.ServerProcess}. */
package dev.posthorn.tck.arquillian;
