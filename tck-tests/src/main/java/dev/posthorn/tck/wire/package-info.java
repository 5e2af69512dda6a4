/** An application whose events are looked at when they have arrived. */
package dev.posthorn.tck.wire;
