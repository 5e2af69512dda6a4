package dev.posthorn.messaging;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Configuration as a user writes it down, line by line. */
final class ConfigLines {

    private final Map<String, String> lines = new HashMap<>();

    /** All that a channel of smallrye-kafka needs. */
    static ConfigLines kafka(String channel) {
        return new ConfigLines()
                .with(channel, "connector", "smallrye-kafka")
                .with(channel, "value.serializer", KafkaChecks.BYTES)
                .with(channel, "acks", "all");
    }

    /** All that a channel needs to be received on through smallrye-kafka. */
    static ConfigLines kafkaConsumer(String channel) {
        return new ConfigLines()
                .incoming(channel, "connector", "smallrye-kafka")
                .incoming(channel, "group.id", "the-tests")
                .incoming(channel, "auto.offset.reset", "earliest")
                .incoming(channel, "value.deserializer", KafkaConsumerChecks.BYTES)
                .incoming(channel, "cloud-events", "false")
                .incoming(channel, "throttled.unprocessed-record-max-age.ms", "0");
    }

    ConfigLines incoming(String channel, String attribute, String value) {
        return with(IncomingChannel.key(channel, attribute), value);
    }

    ConfigLines withoutIncoming(String channel, String attribute) {
        lines.remove(IncomingChannel.key(channel, attribute));
        return this;
    }

    ConfigLines with(String channel, String attribute, String value) {
        return with(OutgoingChannel.key(channel, attribute), value);
    }

    ConfigLines with(String key, String value) {
        lines.put(key, value);
        return this;
    }

    ConfigLines without(String channel, String attribute) {
        lines.remove(OutgoingChannel.key(channel, attribute));
        return this;
    }

    Map<String, String> lines() {
        return lines;
    }

    Config config() {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(lines, "test", 100))
                .build();
    }
}
