/** An application that brings its own store, transport and serializer. */
package dev.posthorn.tck.replacement;
