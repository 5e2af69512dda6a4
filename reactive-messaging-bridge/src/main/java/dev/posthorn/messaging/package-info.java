/**
 * The supplied {@link dev.posthorn.spi.EventTransport}: one MicroProfile Reactive Messaging emitter for each channel, CloudEvents
 * 1.0 in binary mode on the wire.
 *
 * <p>An event's path: {@link dev.posthorn.messaging.MessagingTransport} finds the {@link dev.posthorn.messaging.Outlet} of its
 * channel, a {@link dev.posthorn.messaging.MessageFactory} writes topic, key and headers the way the channel's connector reads
 * them, the emitter takes the {@link dev.posthorn.messaging.EventMessage}, and its acknowledgement completes the send.
 *
 * <p>{@link dev.posthorn.messaging.MessagingExtension} adds the emitters at deployment. Whatever a connector needs of its own is
 * its {@link dev.posthorn.messaging.ConnectorSupport}.
 */
@NullMarked
package dev.posthorn.messaging;

import org.jspecify.annotations.NullMarked;
