/** The smallest application that stores something. */
package dev.posthorn.tck.app;
