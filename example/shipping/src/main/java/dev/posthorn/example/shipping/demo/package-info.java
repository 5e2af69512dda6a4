/** What only the demo needs: it counts what the broker delivers. An application of your own needs nothing of this package. */
package dev.posthorn.example.shipping.demo;
