/** An application whose handlers leave a row for whatever they do, and can be held up at every step of it from outside. */
package dev.posthorn.tck.once;
