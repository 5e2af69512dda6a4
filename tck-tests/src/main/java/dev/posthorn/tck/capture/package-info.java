/** Events of every shape, and an application that fires and observes them. */
package dev.posthorn.tck.capture;
