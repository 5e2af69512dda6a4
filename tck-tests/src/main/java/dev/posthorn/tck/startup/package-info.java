/** An application that publishes while it starts. */
package dev.posthorn.tck.startup;
