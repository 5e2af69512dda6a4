package dev.posthorn.messaging;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this module tells its users: what happened, what follows, what to do. */
final class BridgeMessages {

    private BridgeMessages() {}

    static String noConnector(String channel) {
        String connector = Visible.smallRyeKafkaApi() ? SmallRyeKafkaSupport.CONNECTOR : LibertyKafkaSupport.CONNECTOR;
        return problem(
                "M01",
                "Channel '" + channel + "' has no connector: events for it would be stored and never sent.",
                List.of(
                        OutgoingChannel.key(channel, "connector") + "=" + connector,
                        OutgoingChannel.key(channel, "bootstrap.servers") + "=localhost:9092",
                        OutgoingChannel.key(channel, "value.serializer") + "=" + KafkaChecks.BYTES,
                        OutgoingChannel.key(channel, "acks") + "=all"));
    }

    static String noEmitters(Collection<String> channels, Collection<String> listed) {
        String all =
                Stream.concat(listed.stream(), channels.stream()).distinct().collect(Collectors.joining(","));
        return problem(
                "M02",
                "Without an emitter, although configured: " + String.join(", ", channels)
                        + ". The classes of the events for these"
                        + " channels were not known when emitters had to be created, so the events would be stored and never sent.",
                List.of(EventChannels.CHANNELS_KEY + "=" + all));
    }

    static String shared(OutgoingChannel channel) {
        return problem(
                "M03",
                "Channel '" + channel.name()
                        + "' is merged with other senders, which can fill it so that events are refused.",
                List.of(channel.key("merge") + "=false"));
    }

    static String noKafkaClients(OutgoingChannel channel) {
        return "POSTHORN-M04: Channel '" + channel.name() + "' uses the connector " + channel.connector()
                + ", but Kafka's client library is not visible to Posthorn: no event could be given a topic, key or headers."
                + " Put org.apache.kafka:kafka-clients into the application, beside Posthorn's own jars.";
    }

    static String wrongValueSerializer(OutgoingChannel channel, String found) {
        return problem(
                "M05",
                "Channel '" + channel.name() + "' has "
                        + (found.isEmpty() ? "no value.serializer" : "the value.serializer " + found)
                        + ", but events are sent as the bytes that were stored: every send would fail.",
                List.of(channel.key("value.serializer") + "=" + KafkaChecks.BYTES));
    }

    static String wrongKeySerializer(OutgoingChannel channel, String found) {
        return problem(
                "M06",
                "Channel '" + channel.name() + "' has the key.serializer " + found
                        + ", but the keys of events are text: every send of an event with a key would fail.",
                List.of(channel.key("key.serializer") + "=" + KafkaChecks.STRINGS));
    }

    static String tooFewAcks(OutgoingChannel channel, String found) {
        return problem(
                "M07",
                "Channel '" + channel.name() + "' has acks=" + found
                        + (channel.attribute("acks").isPresent() ? "" : " (the default of " + channel.connector() + ")")
                        + ": an event could count as sent and be lost with the one broker that had it, or before any had it.",
                List.of(channel.key("acks") + "=all"));
    }

    static String doesNotWait(OutgoingChannel channel) {
        return problem(
                "M08",
                "Channel '" + channel.name()
                        + "' does not wait for Kafka before it goes on: nothing would bound what is under way,"
                        + " and an event could count as sent too early.",
                List.of(channel.key("waitForWriteCompletion") + "=true"));
    }

    static String foreignCloudEvents(OutgoingChannel channel) {
        return problem(
                "M09",
                "Channel '" + channel.name()
                        + "' sets cloud-events-type and cloud-events-source, with which the connector replaces"
                        + " the CloudEvents attributes of every event: receivers could not tell repeats from new events.",
                List.of(channel.key("cloud-events") + "=false"));
    }

    static String oneTopicForAll(OutgoingChannel channel, String topic) {
        return "POSTHORN-M10: Channel '" + channel.name() + "' sets topic=" + topic + ", which " + channel.connector()
                + " prefers to the topic of each event: all of the channel's events would go there. Remove "
                + channel.key("topic") + "; @IntegrationEvent(topic = ...) names the topic.";
    }

    static String noPublisherConfirms(OutgoingChannel channel) {
        return problem(
                "M11",
                "Channel '" + channel.name()
                        + "' works without publisher confirms: an event would count as sent before RabbitMQ has"
                        + " it, and be lost if RabbitMQ never gets it.",
                List.of(channel.key("publish-confirms") + "=true"));
    }

    static String payloadOnly(OutgoingChannel channel) {
        return "POSTHORN-M12: Channel '" + channel.name() + "' uses the connector " + channel.connector()
                + ", for which Posthorn writes no metadata. Events travel as their payload alone, to where the channel's"
                + " configuration says: without their topic, key, headers and CloudEvents attributes. Make sure that the connector"
                + " acknowledges a message only when the broker has it.";
    }

    static String full(String channel) {
        return "POSTHORN-M13: Channel '" + channel
                + "' takes no more events at the moment: as many as its connector handles are"
                + " under way. The event stays stored and is sent later. If this goes on, have fewer events under way on this"
                + " channel, or let the connector handle more (smallrye-kafka: "
                + OutgoingChannel.key(channel, "max-inflight-messages") + ").";
    }

    static String cancelled(String channel) {
        return "POSTHORN-M14: The connector of channel '" + channel
                + "' has given up and takes no more events until the application"
                + " restarts. The event stays stored. Look for the connector's own error above, then restart the application.";
    }

    static String unknownChannel(String channel) {
        return "POSTHORN-M15: Channel '" + channel
                + "' has no emitter in this application. The event stays stored and can be sent by"
                + " a node that has the channel. If this one should, configure "
                + OutgoingChannel.key(channel, "connector")
                + " and add the channel to " + EventChannels.CHANNELS_KEY + ".";
    }

    private static String problem(String id, String what, List<String> linesToAdd) {
        return "POSTHORN-" + id + ": " + what + " Add to microprofile-config.properties:\n    "
                + String.join("\n    ", linesToAdd);
    }
}
