package dev.posthorn.config;

import dev.posthorn.type.EventType;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every key that Posthorn has, those of its stores and of its bridge too: an application that misspells one is to learn it. */
final class KnownKeys {

    static final String PREFIX = "posthorn.";
    static final String CHANNEL_PREFIX = "posthorn.channel.";

    /** Of the application as a whole. */
    static final Set<String> OF_APPLICATION = Set.of(
            "application",
            "source",
            "no-transaction",
            "channel",
            "channels",
            "schema",
            "database",
            "table.outbox",
            "table.settled",
            "table.node",
            "table.channel",
            "table.inbox",
            "table.version",
            "table.schema",
            "mark.gather",
            "sweep.interval",
            "retention",
            "clean.interval",
            "clean.batch",
            "stop.timeout",
            "inbox.channels",
            "inbox.own-channels",
            "inbox.consumer",
            "inbox.retention",
            "node.name",
            "node.timeout",
            "health.backlog");

    /** For all channels that events are sent on, or below the prefix for one of them. */
    static final Set<String> OF_SENDING = Set.of(
            "memory.max-events",
            "memory.max-bytes",
            "in-flight.max-events",
            "in-flight.max-bytes",
            "order-may-break.in-flight-per-key",
            "send-timeout",
            "pause.min",
            "pause.max",
            "give-up-after",
            "retry.max-attempts",
            "retry.delay",
            "retry.max-delay",
            "retry.jitter",
            "read.batch",
            "mark.batch");

    /** For all channels that events arrive on, or below the prefix for one of them. */
    static final Set<String> OF_RECEIVING = Set.of(
            "inbox.in-flight.max-events",
            "inbox.parallelism",
            "inbox.unhandled",
            "inbox.handling-timeout",
            "inbox.transactions",
            "inbox.retry.max-attempts",
            "inbox.retry.delay",
            "inbox.retry.max-delay",
            "inbox.retry.jitter");

    /** For one channel alone. */
    static final Set<String> OF_ONE_RECEIVING = Set.of("inbox.type");

    static final Set<String> OF_EITHER = Set.of("health.backlog-age");

    static final Set<String> OF_TYPE = Set.of(
            "channel",
            "topic",
            "ordered",
            "when-dead",
            "retry.max-attempts",
            "retry.delay",
            "retry.max-delay",
            "inbox.transactions",
            "inbox.retry.max-attempts",
            "inbox.retry.delay",
            "inbox.retry.max-delay");

    private KnownKeys() {}

    /** What can be said of the application, and of all channels at once. */
    static Set<String> ofAll() {
        return below(PREFIX, Stream.of(OF_APPLICATION, OF_SENDING, OF_RECEIVING, OF_EITHER));
    }

    static Set<String> ofSending(String channel) {
        return below(CHANNEL_PREFIX + channel + ".", Stream.of(OF_SENDING, OF_EITHER));
    }

    static Set<String> ofReceiving(String channel) {
        return below(CHANNEL_PREFIX + channel + ".", Stream.of(OF_RECEIVING, OF_ONE_RECEIVING, OF_EITHER));
    }

    static Set<String> ofType(String type) {
        return below(EventType.PREFIX + type + ".", Stream.of(OF_TYPE));
    }

    /** What can be said of a channel, whatever it is for; the longest first, since some end like others. */
    static List<String> membersOfChannels() {
        return longestFirst(Stream.of(OF_SENDING, OF_RECEIVING, OF_ONE_RECEIVING, OF_EITHER));
    }

    static List<String> membersOfTypes() {
        return longestFirst(Stream.of(OF_TYPE));
    }

    private static List<String> longestFirst(Stream<Set<String>> members) {
        return members.flatMap(Set::stream)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Set<String> below(String prefix, Stream<Set<String>> members) {
        Set<String> keys = new TreeSet<>();
        members.flatMap(Set::stream).forEach(member -> keys.add(prefix + member));
        return keys;
    }
}
