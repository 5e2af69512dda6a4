package dev.posthorn.config;

import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.spi.EventTransport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The configuration of one application. The defaults are those that users of outboxes know; {@code docs/configuration.md} describes
 * every key.
 *
 * @param application whose rows these are
 * @param source CloudEvents {@code source}
 * @param nodeName tells the instances of the application apart, over their restarts if it is configured
 * @param nodeTimeout after how long a silent node counts as dead
 * @param channels the relay's settings for each channel
 * @param problems what is wrong with the configuration
 * @param warnings what may not be meant
 */
public record PosthornConfig(
        String application,
        String source,
        String nodeName,
        Duration nodeTimeout,
        NoTransaction noTransaction,
        Map<String, ChannelSettings> channels,
        Duration gatherMarks,
        Duration sweepInterval,
        Duration retention,
        Duration cleanInterval,
        int cleanBatch,
        Duration stopTimeout,
        List<String> problems,
        List<String> warnings) {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final String APPLICATION = "posthorn.application";

    private static final Set<String> NO_NAMES = Set.of("", "/", "ROOT");

    /** At least two numbers, or one of a snapshot, with the usual qualifiers, and nothing behind them. */
    private static final Pattern VERSION = Pattern.compile(
            "[-_]v?(\\d+(\\.\\d+)+|\\d+(?=[.-]SNAPSHOT))"
                    + "([.-](SNAPSHOT|final|ga|release|(alpha|beta|milestone|rc|cr|m|sp)[.-]?\\d*|\\d{8}\\.\\d{6}-\\d+))*"
                    + "(\\+[\\w.-]+)?$",
            Pattern.CASE_INSENSITIVE);

    /** For channels that take what every transport does. */
    public static PosthornConfig read(
            Config config, String deployedName, Set<String> channelNames, Set<String> knownTypes) {
        return read(config, deployedName, channelNames, knownTypes, channel -> EventTransport.MOST_UNDER_WAY);
    }

    /**
     * @param deployedName the application's name as the server knows it; what looks like a version at its end is left out
     * @param knownTypes the logical types that are published or handled
     * @param mostUnderWay how many sends each channel takes at once, unless Config says so
     */
    public static PosthornConfig read(
            Config config,
            String deployedName,
            Set<String> channelNames,
            Set<String> knownTypes,
            ToIntFunction<String> mostUnderWay) {
        List<String> problems = new ArrayList<>();
        ConfigReader reader = new ConfigReader(config, problems);
        if (!hasName(config) && isNoName(deployedName)) {
            problems.add(ConfigMessages.noName(deployedName, APPLICATION));
        }
        String application = reader.name("The name of the application", APPLICATION, withoutVersion(deployedName));
        Duration retention = reader.duration("posthorn.retention", Duration.ofHours(24), Duration.ZERO);
        Set<String> types = Retries.typesWith(config, ".retry.", knownTypes);
        Map<String, ChannelSettings> channels = new HashMap<>();
        for (String channel : channelNames) {
            ChannelReader ofChannel = new ChannelReader(reader, channel);
            channels.put(
                    channel, relaySettings(ofChannel, types, mostUnderWay.applyAsInt(channel), !retention.isZero()));
        }
        return new PosthornConfig(
                application,
                reader.uriReference("posthorn.source", "/" + escaped(application)),
                reader.name(
                        "The name of the node",
                        "posthorn.node.name",
                        UUID.randomUUID().toString()),
                reader.duration("posthorn.node.timeout", Duration.ofSeconds(10), Duration.ofSeconds(3)),
                reader.oneOf("posthorn.no-transaction", NoTransaction.class, NoTransaction.REJECT),
                Map.copyOf(channels),
                reader.duration("posthorn.mark.gather", Duration.ofMillis(20), Duration.ZERO),
                reader.duration("posthorn.sweep.interval", Duration.ofSeconds(60), LEAST),
                retention,
                reader.duration("posthorn.clean.interval", Duration.ofSeconds(300), LEAST),
                reader.positiveInt("posthorn.clean.batch", 1000),
                reader.duration("posthorn.stop.timeout", Duration.ofSeconds(10), Duration.ZERO),
                List.copyOf(problems),
                warnings(config, deployedName, application));
    }

    /** Whose rows are ours. */
    public static String applicationOf(Config config, String deployedName) {
        return new ConfigReader(config, new ArrayList<>())
                .text(APPLICATION)
                .orElseGet(() -> withoutVersion(deployedName));
    }

    /** How often this node says that it lives: often enough that one lost beat does no harm. */
    public Duration heartbeatInterval() {
        return nodeTimeout.dividedBy(5);
    }

    private static ChannelSettings relaySettings(
            ChannelReader reader, Set<String> types, int mostUnderWay, boolean keepsDelivered) {
        RetryPolicy retry = Retries.sending(reader);
        Map<String, RetryPolicy> byType = new HashMap<>();
        for (String type : types) {
            byType.put(type, Retries.ofType(new TypeReader(reader.reader(), type), "retry.", retry));
        }
        return new ChannelSettings(
                reader.positiveInt("memory.max-events", 10_000),
                reader.positiveLong("memory.max-bytes", 64L << 20),
                reader.positiveInt("in-flight.max-events", mostUnderWay),
                reader.positiveLong("in-flight.max-bytes", 16L << 20),
                reader.positiveInt("order-may-break.in-flight-per-key", 1),
                reader.duration("send-timeout", Duration.ofSeconds(10)),
                reader.duration("pause.min", Duration.ofSeconds(1)),
                reader.duration("pause.max", Duration.ofSeconds(30)),
                reader.duration("give-up-after", Duration.ofSeconds(60)),
                retry,
                Map.copyOf(byType),
                reader.positiveInt("read.batch", 1000),
                reader.positiveInt("mark.batch", 500),
                keepsDelivered);
    }

    private static String escaped(String pathSegment) {
        return URLEncoder.encode(pathSegment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * {@code shop-1.0.3-SNAPSHOT} and {@code shop-1.1} are the same application: a new version must find the rows of the old one. But
     * {@code shop-1} and {@code shop-2} may be two.
     */
    static String withoutVersion(String deployedName) {
        String name = VERSION.matcher(deployedName).replaceFirst("");
        return name.isEmpty() ? deployedName : name;
    }

    private static boolean hasName(Config config) {
        return new ConfigReader(config, new ArrayList<>()).text(APPLICATION).isPresent();
    }

    /** What servers call every application at the root of the server: its rows would be those of all others. */
    private static boolean isNoName(String deployedName) {
        return NO_NAMES.contains(withoutVersion(deployedName).strip().toUpperCase(Locale.ROOT));
    }

    private static List<String> warnings(Config config, String deployedName, String application) {
        return hasName(config) || application.equals(deployedName)
                ? List.of()
                : List.of("POSTHORN-1012 This application is called '" + application + "': '" + deployedName
                        + "' without what looks like its version. Each application that is called so, on the same tables, takes the"
                        + " others' events for its own. If that is not meant, or to be certain of it, set "
                        + APPLICATION + ".");
    }
}
