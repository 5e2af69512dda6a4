package dev.posthorn.config;

import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.type.EventType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** How often something is tried again, as Config says it of a channel and of a type. */
final class Retries {

    private Retries() {}

    static RetryPolicy sending(ChannelReader reader) {
        return new RetryPolicy(
                reader.positiveInt("retry.max-attempts", 10),
                reader.duration("retry.delay", Duration.ofSeconds(60)),
                reader.duration("retry.max-delay", Duration.ofHours(1)),
                reader.fraction("retry.jitter", 0.1));
    }

    static RetryPolicy handling(ChannelReader reader) {
        return new RetryPolicy(
                reader.positiveInt("inbox.retry.max-attempts", 10),
                reader.duration("inbox.retry.delay", Duration.ofSeconds(5)),
                reader.duration("inbox.retry.max-delay", Duration.ofHours(1)),
                reader.fraction("inbox.retry.jitter", 0.1));
    }

    /** @param prefix says of what: of sending, or of handling */
    static RetryPolicy ofType(TypeReader reader, String prefix, RetryPolicy ofChannel) {
        return new RetryPolicy(
                reader.positiveInt(prefix + "max-attempts", ofChannel.maxAttempts()),
                reader.duration(prefix + "delay", ofChannel.delay()),
                reader.duration(prefix + "max-delay", ofChannel.maxDelay()),
                ofChannel.jitter());
    }

    /**
     * The types that Config may say something of. Classes need not be known for what is in a table: whatever type a key names may be there.
     * Environment variables do not tell the names of types, so that they are for known ones.
     */
    static Set<String> typesWith(Config config, String marker, Set<String> known) {
        Set<String> types = new HashSet<>(known);
        for (String key : config.getPropertyNames()) {
            int end = key.indexOf(marker);
            if (key.startsWith(EventType.PREFIX) && end > EventType.PREFIX.length()) {
                types.add(withoutInbox(key.substring(EventType.PREFIX.length(), end)));
            }
        }
        return types;
    }

    /** What is said of receiving a type is said below that type. */
    private static String withoutInbox(String type) {
        return type.endsWith(".inbox") ? type.substring(0, type.length() - ".inbox".length()) : type;
    }
}
