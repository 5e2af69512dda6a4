/** Applications that must not be deployed. */
package dev.posthorn.tck.faults;
