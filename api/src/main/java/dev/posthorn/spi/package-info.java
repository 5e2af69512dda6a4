/**
 * What an application may replace with a CDI bean of its own: on the way out {@link dev.posthorn.spi.EventStore} with {@link
 * dev.posthorn.spi.NodeStore} and {@link dev.posthorn.spi.OperatorStore}, {@link dev.posthorn.spi.EventTransport} and {@link
 * dev.posthorn.spi.FailureClassifier}; on the way in {@link dev.posthorn.spi.InboxStore} with {@link
 * dev.posthorn.spi.InboxOperatorStore}, and {@link dev.posthorn.spi.EventSource}; in both directions {@link
 * dev.posthorn.spi.EventSerializer}. Posthorn's own beans of these types carry {@link dev.posthorn.spi.Supplied}; a bean without it is
 * preferred.
 */
@NullMarked
package dev.posthorn.spi;

import org.jspecify.annotations.NullMarked;
