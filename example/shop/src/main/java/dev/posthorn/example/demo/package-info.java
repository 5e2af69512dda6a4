/**
 * What only the demo needs: the page, a look into the outbox, the switch of the broker, errors as JSON. An application of your
 * own needs nothing of this package.
 */
package dev.posthorn.example.demo;
