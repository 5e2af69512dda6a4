/** What a server tells of itself. */
package dev.posthorn.tck.vitals;
