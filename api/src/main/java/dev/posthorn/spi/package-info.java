/**
 * What an application may replace with a CDI bean of its own: {@link dev.posthorn.spi.EventStore}, {@link
 * dev.posthorn.spi.NodeStore}, {@link dev.posthorn.spi.OperatorStore}, {@link dev.posthorn.spi.EventTransport}, {@link
 * dev.posthorn.spi.EventSerializer}, {@link dev.posthorn.spi.FailureClassifier}. Posthorn's own beans of these types carry {@link
 * dev.posthorn.spi.Supplied}; a bean without it is preferred.
 */
@NullMarked
package dev.posthorn.spi;

import org.jspecify.annotations.NullMarked;
