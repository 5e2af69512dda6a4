/** Operators' interventions, for a test that runs outside the servers. */
package dev.posthorn.tck.operations;
