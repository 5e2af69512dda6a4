package dev.posthorn.config;

import dev.posthorn.inbox.InboxSettings;
import dev.posthorn.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * What Config says of receiving.
 *
 * @param consumer for whom events are received: each consumer handles an event once
 * @param channels the channels that Posthorn receives on
 * @param ownChannels the channels whose messages the application receives itself and hands over
 * @param settings how events are handled, for each channel of both kinds
 * @param plainTypes the logical types of what arrives without saying what it is, by channel
 * @param retention how long it is remembered that an event was handled
 * @param problems what is wrong with the configuration
 */
public record InboxConfig(
        String consumer,
        Set<String> channels,
        Set<String> ownChannels,
        Map<String, InboxSettings> settings,
        Map<String, String> plainTypes,
        Duration retention,
        List<String> problems) {

    /** The channel of messages that the application hands over without naming one, unless a real channel has that name. */
    public static final String OWN_CHANNEL = "received";

    private static final String CHANNELS = "posthorn.inbox.channels";
    private static final String OWN_CHANNELS = "posthorn.inbox.own-channels";

    private static final String INCOMING = "mp.messaging.incoming.";
    private static final String CONNECTOR = ".connector";

    /** Without any, what comes again would be handled again. */
    private static final Duration LEAST_RETENTION = Duration.ofSeconds(1);

    /** Whether messages that nobody handles are refused to the broker. */
    private enum Unhandled {
        ACKNOWLEDGE,
        REFUSE
    }

    /** In how many transactions the handlers of an event work. */
    private enum Transactions {
        ONE,
        PER_HANDLER
    }

    /** @param knownTypes the logical types that are handled */
    public static InboxConfig read(Config config, String application, Set<String> knownTypes) {
        List<String> problems = new ArrayList<>();
        ConfigReader reader = new ConfigReader(config, problems);
        Set<String> channels = names(config, CHANNELS);
        Set<String> ownChannels = names(config, OWN_CHANNELS);
        for (String both : channels) {
            if (ownChannels.contains(both)) {
                problems.add(ConfigMessages.ofBothKinds(both, CHANNELS, OWN_CHANNELS));
            }
        }
        if (!channels.contains(OWN_CHANNEL)) {
            ownChannels.add(OWN_CHANNEL);
        }
        Set<String> types = Retries.typesWith(config, ".inbox.", knownTypes);
        Map<String, InboxSettings> settings = new HashMap<>();
        Map<String, String> plainTypes = new HashMap<>();
        for (String channel : union(channels, ownChannels)) {
            settings.put(channel, settings(new ChannelReader(reader, channel), types));
            plainType(reader, channel).ifPresent(type -> plainTypes.put(channel, type));
        }
        return new InboxConfig(
                reader.name("The name of the consumer", "posthorn.inbox.consumer", application),
                channels,
                ownChannels,
                Map.copyOf(settings),
                Map.copyOf(plainTypes),
                reader.duration("posthorn.inbox.retention", Duration.ofDays(7), LEAST_RETENTION),
                List.copyOf(problems));
    }

    private static InboxSettings settings(ChannelReader reader, Set<String> types) {
        RetryPolicy retry = Retries.handling(reader);
        Transactions transactions = reader.oneOf("inbox.transactions", Transactions.class, Transactions.ONE);
        Map<String, RetryPolicy> retryByType = new HashMap<>();
        Map<String, Boolean> separatelyByType = new HashMap<>();
        for (String type : types) {
            TypeReader ofType = new TypeReader(reader.reader(), type);
            retryByType.put(type, Retries.ofType(ofType, "inbox.retry.", retry));
            separatelyByType.put(
                    type,
                    ofType.oneOf("inbox.transactions", Transactions.class, transactions) == Transactions.PER_HANDLER);
        }
        return new InboxSettings(
                reader.positiveInt("inbox.in-flight.max-events", 128),
                reader.positiveInt("inbox.parallelism", 8),
                reader.oneOf("inbox.unhandled", Unhandled.class, Unhandled.ACKNOWLEDGE) == Unhandled.REFUSE,
                reader.duration("inbox.handling-timeout", Duration.ofSeconds(30)),
                transactions == Transactions.PER_HANDLER,
                Map.copyOf(separatelyByType),
                retry,
                Map.copyOf(retryByType));
    }

    /** Of one channel alone: another one has other data. */
    private static Optional<String> plainType(ConfigReader reader, String channel) {
        return reader.text(keyOfPlainType(channel));
    }

    /** A problem for each channel whose plain messages nobody would handle. */
    public List<String> problemsOfPlainTypes(Set<String> handled) {
        List<String> all = new ArrayList<>();
        new TreeMap<>(plainTypes).forEach((channel, type) -> {
            if (!handled.contains(type)) {
                String key = keyOfPlainType(channel);
                all.add(ConfigMessages.typeNobodyHandles(
                        key,
                        type,
                        new TreeSet<>(handled),
                        Nearest.to(type, handled).map(nearest -> key + "=" + nearest)));
            }
        });
        return all;
    }

    /** What may have been forgotten, if there are handlers and nothing that they could be called for. */
    public static Optional<String> warningOfHandlers(Config config) {
        boolean receives = !names(config, CHANNELS).isEmpty()
                || !names(config, OWN_CHANNELS).isEmpty();
        return receives
                ? Optional.empty()
                : Optional.of(ConfigMessages.handlersWithoutChannel(
                        CHANNELS, incomingChannels(config), OWN_CHANNELS + "=" + OWN_CHANNEL));
    }

    /**
     * What may have been forgotten, if there are no handlers: whatever arrives would be dropped. What is handed over on channels of the
     * application's own is refused to whoever does so.
     *
     * @param observersOfFired what may have been meant to be a handler
     */
    public Optional<String> warningOfChannels(Set<String> observersOfFired) {
        return channels.isEmpty()
                ? Optional.empty()
                : Optional.of(ConfigMessages.channelsWithoutHandler(channels, observersOfFired));
    }

    /** Those that Reactive Messaging receives on, for whomever. */
    private static Set<String> incomingChannels(Config config) {
        Set<String> channels = new TreeSet<>();
        for (String key : config.getPropertyNames()) {
            if (key.startsWith(INCOMING) && key.endsWith(CONNECTOR) && key.length() > (INCOMING + CONNECTOR).length()) {
                channels.add(key.substring(INCOMING.length(), key.length() - CONNECTOR.length())
                        .replace("\"", ""));
            }
        }
        return channels;
    }

    private static String keyOfPlainType(String channel) {
        return KnownKeys.CHANNEL_PREFIX + channel + ".inbox.type";
    }

    private static Set<String> names(Config config, String key) {
        Set<String> names = new TreeSet<>();
        config.getOptionalValue(key, String[].class).ifPresent(all -> Arrays.stream(all)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add));
        return names;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> union = new TreeSet<>(some);
        union.addAll(others);
        return union;
    }
}
