package dev.posthorn.messaging;

import static dev.posthorn.messaging.BridgeMessages.said;

import dev.posthorn.log.FailureText;
import dev.posthorn.log.Printable;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What users are told about RabbitMQ: what happened, what follows, what to do. */
final class RabbitMqProblems {

    private RabbitMqProblems() {}

    static String losesEvents(OutgoingChannel channel) {
        return said("POSTHORN-M43: Channel '" + channel.name() + "' uses " + channel.connector()
                        + ", which numbers messages anew after each error of a connection or channel and forgets that some are unconfirmed:"
                        + " the confirmation of a later event can count for one of them, which is then lost."
                        + " Use Posthorn's own connector, which reads the same attributes, and put com.rabbitmq:amqp-client into the"
                        + " application if it is not there yet:")
                + "\n    " + said(channel.key("connector") + "=" + RabbitMqSupport.CONNECTOR);
    }

    static String unknownAttribute(OutgoingChannel channel, String key) {
        return said(
                "POSTHORN-M44: Channel '" + channel.name() + "' uses " + channel.connector() + ", which does not know "
                        + key + ": it would have no effect. Remove it. The attributes are "
                        + Arrays.stream(RabbitMqAttribute.values())
                                .map(RabbitMqAttribute::attribute)
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    /** Without the value: it may be a password. */
    static String wrongValue(OutgoingChannel channel, RabbitMqAttribute attribute, String wanted) {
        return said("POSTHORN-M45: Channel '" + channel.name() + "' has a wrong value for " + attribute.attribute()
                + ", so it could not send. Let " + channel.key(attribute.attribute()) + " be " + wanted + ".");
    }

    static String noClient(String channel) {
        return said("POSTHORN-M46: Channel '" + channel + "' uses " + RabbitMqSupport.CONNECTOR
                + ", but Posthorn does not see the libraries that it needs, so nothing could be sent."
                + " Put com.rabbitmq:amqp-client into the application, beside Posthorn's own jars, and, where the server has no"
                + " Reactive Messaging of its own,"
                + " org.eclipse.microprofile.reactive-streams-operators:microprofile-reactive-streams-operators-api.");
    }

    static String unreachable(String channel, String where, Throwable cause) {
        return said("POSTHORN-M47: Channel '" + channel + "' has no connection to RabbitMQ at " + where + ": "
                + reason(cause) + ". The event stays stored and is sent when there is one.");
    }

    static String unconfirmed(String channel, Throwable cause) {
        return said("POSTHORN-M48: RabbitMQ has not confirmed the event before its connection of channel '" + channel
                + "' ended: " + reason(cause) + ". The event stays stored and is sent again.");
    }

    static String unroutable(String channel, String exchange, String routingKey, String reply) {
        return said("POSTHORN-M49: RabbitMQ has no queue for the event: nothing is bound to the exchange '"
                + Printable.text(exchange)
                + "' of channel '" + channel + "' that takes the routing key '" + Printable.text(routingKey) + "' ("
                + Printable.text(reply)
                + "). The event stays stored and is sent when there is a queue. If events that nobody receives are to be dropped, set "
                + OutgoingChannel.key(channel, "mandatory") + "=false.");
    }

    static String tooLong(String text) {
        return said(
                "POSTHORN-M50: RabbitMQ's protocol has room for 255 bytes of a routing key, a type, a content type or the name of"
                        + " a header, and this is longer: " + Printable.text(text)
                        + ". The event can't be sent to RabbitMQ.");
    }

    static String refused(String channel) {
        return said(
                "POSTHORN-M51: RabbitMQ has refused the event on channel '" + channel
                        + "' (basic.nack): a queue that takes it is full or has failed. The event stays stored and is sent again.");
    }

    static String notAnEvent(String channel) {
        return said("POSTHORN-M52: Channel '" + channel + "' uses " + RabbitMqSupport.CONNECTOR
                + ", which carries nothing but Posthorn's events. What was sent there otherwise has been refused."
                + " Use another channel for it.");
    }

    static String destinationRefused(String channel, Throwable cause) {
        return said("POSTHORN-M53: RabbitMQ refuses the event's topic on channel '" + channel + "': " + reason(cause)
                + ". The event stays stored and is sent when the topic is allowed.");
    }

    static String eventRefused(String channel, Throwable cause) {
        return said("POSTHORN-M54: RabbitMQ, or its client, can't take the event on channel '" + channel + "': "
                + reason(cause) + ".");
    }

    private static String reason(Throwable cause) {
        return FailureText.chainOf(cause).stream()
                .filter(each -> each.getMessage() != null)
                .findFirst()
                .map(FailureText::messageOf)
                .orElseGet(() -> FailureText.ofItself(FailureText.rootOf(cause)));
    }
}
