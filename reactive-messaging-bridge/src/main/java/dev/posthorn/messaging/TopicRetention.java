package dev.posthorn.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Compares for how long Kafka keeps events with for how long the inbox remembers them: one that has been forgotten and comes again
 * is handled again. Needs kafka-clients.
 */
final class TopicRetention {

    private static final String PATIENCE_MS = "10000";

    private TopicRetention() {}

    /**
     * Asks the broker, on its client's own thread.
     *
     * @return a warning for each topic of the channel that keeps events longer
     */
    static CompletionStage<List<String>> longerThan(Duration inbox, IncomingChannel channel) {
        Collection<ConfigResource> topics = topics(channel)
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        CompletableFuture<List<String>> warnings = new CompletableFuture<>();
        Admin admin = Admin.create(settings(channel));
        admin.describeConfigs(topics).all().whenComplete((found, failure) -> {
            if (failure != null) {
                warnings.completeExceptionally(failure);
            } else {
                warnings.complete(warnings(inbox, channel, found));
            }
            admin.close(Duration.ZERO);
        });
        return warnings;
    }

    private static List<String> warnings(
            Duration inbox, IncomingChannel channel, Map<ConfigResource, Config> settings) {
        List<String> warnings = new ArrayList<>();
        Map<String, Config> byTopic = new TreeMap<>();
        settings.forEach((topic, config) -> byTopic.put(topic.name(), config));
        byTopic.forEach((topic, config) -> {
            long kept = keptMillis(config);
            if (kept < 0 || kept > inbox.toMillis()) {
                warnings.add(BridgeMessages.forgetsEarlierThanKafka(
                        channel,
                        topic,
                        kept < 0 ? "for ever" : Duration.ofMillis(kept).toString(),
                        inbox));
            }
        });
        return warnings;
    }

    /** Below 0: for ever. What is compacted is kept until something newer has its key. */
    private static long keptMillis(Config topic) {
        if (!topic.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            return -1;
        }
        ConfigEntry retention = topic.get(TopicConfig.RETENTION_MS_CONFIG);
        return Long.parseLong(retention.value());
    }

    /** Which broker, and how it lets clients in. */
    private static Map<String, Object> settings(IncomingChannel channel) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        for (String name : AdminClientConfig.configNames()) {
            channel.attribute(name).ifPresent(value -> settings.put(name, value));
        }
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        return settings;
    }

    private static Stream<String> topics(IncomingChannel channel) {
        if (channel.isTrue("pattern")) {
            return Stream.of();
        }
        String listed =
                channel.attribute("topics").or(() -> channel.attribute("topic")).orElse(channel.name());
        return Stream.of(listed.split(",", -1)).map(String::strip);
    }
}
