/** A library of event types and nothing else: no bean, no beans.xml. */
package dev.posthorn.tck.library;
