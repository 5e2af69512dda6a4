/** Three nodes under load while faults hit them, and a checker that knows what was committed. */
package dev.posthorn.tck.reliability;
