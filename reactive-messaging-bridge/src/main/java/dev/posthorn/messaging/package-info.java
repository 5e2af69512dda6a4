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
 *
 * <p>A channel of Kafka needs, besides the broker's address:
 *
 * <pre>
 * mp.messaging.outgoing.orders.connector=smallrye-kafka        (Open Liberty's own: liberty-kafka)
 * mp.messaging.outgoing.orders.value.serializer=org.apache.kafka.common.serialization.ByteArraySerializer
 * mp.messaging.outgoing.orders.acks=all                        (liberty-kafka: the default)
 * </pre>
 *
 * <p>All but the first may be said once for all channels, as {@code mp.messaging.connector.<connector>.*}. Fewer acknowledgements
 * are refused: with {@code acks=1}, the default of smallrye-kafka, an event can be lost after it counted as sent, when the one
 * broker that had it fails.
 */
@NullMarked
package dev.posthorn.messaging;

import org.jspecify.annotations.NullMarked;
