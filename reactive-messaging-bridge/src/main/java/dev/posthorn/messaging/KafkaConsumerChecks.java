package dev.posthorn.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What every Kafka connector has to be told, since all of them hand their attributes on to Kafka's consumer. */
final class KafkaConsumerChecks {

    static final String BYTES = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    static final String STRINGS = "org.apache.kafka.common.serialization.StringDeserializer";

    /** They read whatever is in a record: one that can't would stop the channel. */
    private static final Set<String> READ_EVERYTHING = Set.of(BYTES, STRINGS);

    private KafkaConsumerChecks() {}

    static List<String> problems(IncomingChannel channel) {
        List<String> problems = new ArrayList<>();
        if (!Visible.kafkaClients()) {
            problems.add(BridgeMessages.noKafkaClients(channel));
        }
        String values = channel.attribute("value.deserializer").orElse("");
        if (!READ_EVERYTHING.contains(values)) {
            problems.add(BridgeMessages.wrongValueDeserializer(channel, values));
        }
        String keys = channel.attribute("key.deserializer").orElse(STRINGS);
        if (!READ_EVERYTHING.contains(keys)) {
            problems.add(BridgeMessages.wrongKeyDeserializer(channel, keys));
        }
        if (channel.attribute("group.id").filter(id -> !id.isEmpty()).isEmpty()) {
            problems.add(BridgeMessages.noGroup(channel));
        }
        if (channel.isTrue("enable.auto.commit")) {
            problems.add(BridgeMessages.commitsByItself(channel));
        }
        return problems;
    }

    static List<String> warnings(IncomingChannel channel) {
        return channel.attribute("auto.offset.reset").isEmpty()
                ? List.of(BridgeMessages.passesOverEarlierEvents(channel))
                : List.of();
    }
}
