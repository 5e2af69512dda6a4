package dev.posthorn.messaging;

import dev.posthorn.log.FailureText;
import dev.posthorn.log.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What this module tells its users: what happened, what follows, what to do. */
final class BridgeMessages {

    /** By which Kafka knows the nodes of an application as one receiver. */
    private static final String GROUP = "name-of-the-application";

    /** WildFly deploys an EAR as a whole, and reads no file of its modules meanwhile. */
    private static final String IN_AN_EAR =
            "\nIn an EAR, that file must be in a jar in the EAR's lib directory: those of its modules are not seen everywhere.";

    private static final int LONGEST = 2000;

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
                                OutgoingChannel.key(channel, "acks") + "=all"))
                + IN_AN_EAR;
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

    static String noKafkaClients(ConfiguredChannel channel) {
        boolean smallRye = channel.connector().equals(SmallRyeKafkaSupport.CONNECTOR);
        return said("POSTHORN-M04: Channel '" + channel.name() + "' uses the connector " + channel.connector()
                + ", but Kafka's client library is not visible to Posthorn: events would travel without topic, key and headers."
                + (smallRye
                        ? " Put io.smallrye.reactive:smallrye-reactive-messaging-kafka:" + Libraries.SMALLRYE
                                + " into the application, which brings it, beside Posthorn's own jars; WildFly has both."
                        : " Put org.apache.kafka:kafka-clients into the application, beside Posthorn's own jars."));
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
        return said(
                "POSTHORN-M10: Channel '" + channel.name() + "' sets topic=" + topic + ", which " + channel.connector()
                        + " prefers to the topic of each event: all of the channel's events would go there. Remove "
                        + channel.key("topic") + "; @IntegrationEvent(topic = ...) names the topic.");
    }

    static String payloadOnly(OutgoingChannel channel) {
        return said("POSTHORN-M12: Channel '" + channel.name() + "' uses the connector " + channel.connector()
                + ", for which Posthorn writes no metadata. Events travel as their payload alone, to where the channel's"
                + " configuration says: without their topic, key, headers and CloudEvents attributes. Make sure that the connector"
                + " acknowledges a message only when the broker has it.");
    }

    static String full(String channel) {
        return said("POSTHORN-M13: Channel '" + channel
                + "' takes no more events at the moment: as many as its connector handles are"
                + " under way. The event stays stored and is sent later. If this goes on, have fewer events under way on this"
                + " channel, or let the connector handle more (smallrye-kafka: "
                + OutgoingChannel.key(channel, "max-inflight-messages") + ").");
    }

    static String cancelled(String channel) {
        return said(
                "POSTHORN-M14: The connector of channel '" + channel
                        + "' has given up and takes no more events until the application"
                        + " restarts. The event stays stored. Look for the connector's own error above, then restart the application.");
    }

    static String unknownChannel(String channel) {
        return said("POSTHORN-M15: Channel '" + channel
                + "' has no emitter in this application. The event stays stored and can be sent by"
                + " a node that has the channel. If this one should, configure "
                + OutgoingChannel.key(channel, "connector")
                + " and add the channel to " + EventChannels.CHANNELS_KEY + ".");
    }

    static String noIncomingConnector(String channel) {
        boolean smallRye = Visible.smallRyeKafkaApi();
        List<String> lines = new ArrayList<>(List.of(
                IncomingChannel.key(channel, "connector") + "="
                        + (smallRye ? SmallRyeKafkaSupport.CONNECTOR : LibertyKafkaSupport.CONNECTOR),
                IncomingChannel.key(channel, "bootstrap.servers") + "=localhost:9092",
                IncomingChannel.key(channel, "topic") + "=" + channel,
                IncomingChannel.key(channel, "group.id") + "=" + GROUP,
                IncomingChannel.key(channel, "auto.offset.reset") + "=earliest",
                IncomingChannel.key(channel, "value.deserializer") + "=" + KafkaConsumerChecks.BYTES));
        if (smallRye) {
            lines.add(IncomingChannel.key(channel, "cloud-events") + "=false");
            lines.add(IncomingChannel.key(channel, "throttled.unprocessed-record-max-age.ms") + "=0");
        }
        return problem(
                        "M20",
                        "Channel '" + channel + "' is listed in " + IncomingChannel.CHANNELS_KEY
                                + " and has no connector: nothing would be received.",
                        lines)
                + IN_AN_EAR;
    }

    static String noPublisher(String channel, Collection<String> listed) {
        String all =
                Stream.concat(listed.stream(), Stream.of(channel)).distinct().collect(Collectors.joining(","));
        return problem(
                "M21",
                "Channel '" + channel + "' was not listed when the application's beans were collected:"
                        + " nothing would be received on it.",
                List.of(IncomingChannel.CHANNELS_KEY + "=" + all));
    }

    static String wrongValueDeserializer(IncomingChannel channel, String found) {
        return problem(
                "M22",
                "Channel '" + channel.name() + "' has "
                        + (found.isEmpty() ? "no value.deserializer" : "the value.deserializer " + found)
                        + ", but Posthorn reads events itself: one that the deserializer can't read would stop the channel.",
                List.of(channel.key("value.deserializer") + "=" + KafkaConsumerChecks.BYTES));
    }

    static String wrongKeyDeserializer(IncomingChannel channel, String found) {
        return problem(
                "M23",
                "Channel '" + channel.name() + "' has the key.deserializer " + found
                        + ", but the keys of events are text: one that it can't read would stop the channel.",
                List.of(channel.key("key.deserializer") + "=" + KafkaConsumerChecks.STRINGS));
    }

    static String noGroup(IncomingChannel channel) {
        return problem(
                "M24",
                "Channel '" + channel.name()
                        + "' has no group.id: each start would be a new consumer to Kafka, and what was"
                        + " published while the application was down, or not handled when it stopped, would be lost.",
                List.of(channel.key("group.id") + "=" + GROUP));
    }

    static String commitsByItself(IncomingChannel channel) {
        return problem(
                "M25",
                "Channel '" + channel.name()
                        + "' has enable.auto.commit=true: events would count as received before they"
                        + " are stored, and be lost in a crash.",
                List.of(channel.key("enable.auto.commit") + "=false"));
    }

    static String commitsTooMuch(IncomingChannel channel, String strategy) {
        return problem(
                "M26",
                "Channel '" + channel.name() + "' has commit-strategy=" + strategy
                        + ". Events are handled side by side, and of"
                        + " all strategies only throttled waits for the earliest unfinished one: with others events are lost in a"
                        + " crash, or all come again.",
                List.of(channel.key("commit-strategy") + "=throttled"));
    }

    static String stopsBySlowness(IncomingChannel channel) {
        return problem(
                "M27",
                "Channel '" + channel.name() + "' stops for good when a message has not been answered for"
                        + " throttled.unprocessed-record-max-age.ms (the default is a minute): a slow handler or an outage of the"
                        + " database would end it until the application restarts.",
                List.of(channel.key("throttled.unprocessed-record-max-age.ms") + "=0"));
    }

    static String stopsByMalformedEvents(IncomingChannel channel) {
        return problem(
                "M28",
                "Channel '" + channel.name()
                        + "' lets the connector read CloudEvents, which Posthorn does itself: one malformed"
                        + " event, whoever sent it, would stop the channel for good.",
                List.of(channel.key("cloud-events") + "=false"));
    }

    static String batches(IncomingChannel channel) {
        return problem(
                "M29",
                "Channel '" + channel.name() + "' receives in batches, but each event is answered for itself.",
                List.of(channel.key("batch") + "=false"));
    }

    static String readsWithoutBound(IncomingChannel channel) {
        return problem(
                "M30",
                "Channel '" + channel.name()
                        + "' goes on reading when nobody asks: nothing would bound the memory it takes.",
                List.of(channel.key("pause-if-no-requests") + "=true"));
    }

    static String broadcast(IncomingChannel channel) {
        return problem(
                "M31",
                "Channel '" + channel.name()
                        + "' is shared with other receivers, whose acknowledgements would count for Posthorn"
                        + " too: events could be lost.",
                List.of(channel.key("broadcast") + "=false"));
    }

    static String acknowledgesByItself(IncomingChannel channel) {
        return problem(
                "M32",
                "Channel '" + channel.name()
                        + "' has auto-acknowledgement=true: events would count as received before they are"
                        + " stored, and be lost in a crash.",
                List.of(channel.key("auto-acknowledgement") + "=false"));
    }

    static String takesTheWholeQueue(IncomingChannel channel) {
        return problem(
                "M33",
                "Channel '" + channel.name()
                        + "' has no max-outstanding-messages: RabbitMQ would send all that is in the queue"
                        + " at once, and nothing would bound the memory it takes.",
                List.of(channel.key("max-outstanding-messages") + "=256"));
    }

    static String passesOverEarlierEvents(IncomingChannel channel) {
        return said("POSTHORN-M34: Channel '" + channel.name()
                + "' has no auto.offset.reset, whose default is latest: events that were"
                + " published before its group " + channel.attribute("group.id").orElse("")
                + " first subscribed are passed over."
                + " To receive them, or to say that this is meant, set " + channel.key("auto.offset.reset")
                + "=earliest or latest.");
    }

    static String readsPayloadOnly(IncomingChannel channel) {
        return said(
                "POSTHORN-M35: Channel '" + channel.name() + "' uses the connector " + channel.connector()
                        + ", of which Posthorn knows nothing. Its messages are read by their payload alone, as structured CloudEvents or as"
                        + " plain JSON of a configured type. Make sure that the connector delivers again what was not acknowledged.");
    }

    static String noPublisher(String channel) {
        return said("POSTHORN-M36: Channel '" + channel + "' can't be received on: it has to have a connector, "
                + IncomingChannel.key(channel, "connector") + ", and be listed in " + IncomingChannel.CHANNELS_KEY
                + ".");
    }

    static String noMessage(String channel, Object found) {
        return said("POSTHORN-M37: What is said to have been received on channel '" + channel + "' is a "
                + found.getClass().getName()
                + ", not a message that can be answered. Let the method that has @Incoming take a "
                + Message.class.getName() + " and return a CompletionStage<Void>.");
    }

    static String forgetsEarlierThanKafka(IncomingChannel channel, String topic, String kept, Duration inbox) {
        return said("POSTHORN-M38: Kafka keeps what is in the topic " + Printable.text(topic) + " of channel '"
                + channel.name() + "' "
                + kept
                + ", the inbox remembers what it has handled for " + inbox
                + ": an event that is older and comes again, because the group's offsets were set back or were lost, is handled"
                + " again. Set posthorn.inbox.retention to at least what the topic's retention.ms says.");
    }

    static String doesNotLink(String channel, LinkageError error) {
        return said("POSTHORN-M39: Channel '" + channel + "' does not work with the libraries that are here: "
                + FailureText.ofItself(error)
                + ". Posthorn was built for SmallRye Reactive Messaging " + Libraries.SMALLRYE + " and runs with "
                + Libraries.found()
                + ". Nothing more is sent or received on this channel until the application restarts; nothing is lost."
                + " Use that version of SmallRye, or a version of Posthorn for yours.");
    }

    static String neverAnswered(String channel, UUID event, Duration patience) {
        return said("POSTHORN-M40: The connector of channel '" + channel + "' has not answered for event " + event
                + " within "
                + patience
                + ", although it should have given up by now. The event is handed over again: it can arrive twice,"
                + " with the same id.");
    }

    static String blocksTooLong(OutgoingChannel channel, Duration found, Duration better) {
        return problem(
                "M41",
                "Channel '" + channel.name() + "': while a topic is missing or the broker is away, one send keeps all"
                        + " other events of the channel waiting for max.block.ms, here " + found.toMillis()
                        + ", longer than posthorn.send-timeout, " + channel.sendTimeout() + ".",
                List.of(channel.key(KafkaTimeouts.MAX_BLOCK) + "=" + better.toMillis()));
    }

    static String givesUpTooEarly(OutgoingChannel channel, Duration found, Duration better) {
        return problem(
                "M42",
                "Channel '" + channel.name() + "' has delivery.timeout.ms=" + found.toMillis()
                        + ": what the broker has not answered for within that time is sent again as a new record, and arrives"
                        + " twice if the broker had it. Posthorn does not repeat what Kafka's client is still at.",
                List.of(channel.key(KafkaTimeouts.DELIVERY) + "=" + better.toMillis()));
    }

    /** Part of another message, which says of which events. */
    static String noTopicOfKafka(String topic) {
        return "Kafka can't have a topic '" + Printable.text(topic)
                + "'. Names of topics are 1 to 249 letters of ASCII, digits, dots, underscores and hyphens, and neither '.' nor '..'.";
    }

    private static String problem(String id, String what, List<String> linesToAdd) {
        return said("POSTHORN-" + id + ": " + what + " Add to microprofile-config.properties:") + "\n    "
                + linesToAdd.stream().map(BridgeMessages::said).collect(Collectors.joining("\n    "));
    }

    /** Much of a message may have come from elsewhere. */
    static String said(String message) {
        return Printable.upTo(LONGEST, message).toString();
    }
}
