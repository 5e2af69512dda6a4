package dev.posthorn.config;

import dev.posthorn.relay.RetryPolicy;
import dev.posthorn.spi.EventType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** How often something is tried again, as Config says it of a channel and of a type. */
final class Retries {

    static final RetryPolicy OUTBOX = new RetryPolicy(10, Duration.ofSeconds(60), Duration.ofHours(1), 0.1);
    static final RetryPolicy INBOX = new RetryPolicy(10, Duration.ofSeconds(5), Duration.ofHours(1), 0.1);

    private Retries() {}

    static RetryPolicy ofChannel(ChannelReader reader, String prefix, RetryPolicy fallback) {
        return new RetryPolicy(
                reader.positiveInt(prefix + "max-attempts", fallback.maxAttempts()),
                reader.duration(prefix + "delay", fallback.delay()),
                reader.duration(prefix + "max-delay", fallback.maxDelay()),
                reader.fraction(prefix + "jitter", fallback.jitter()));
    }

    static RetryPolicy ofType(TypeReader reader, String prefix, RetryPolicy ofChannel) {
        return new RetryPolicy(
                reader.positiveInt(prefix + "max-attempts", ofChannel.maxAttempts()),
                reader.duration(prefix + "delay", ofChannel.delay()),
                reader.duration(prefix + "max-delay", ofChannel.maxDelay()),
                ofChannel.jitter());
    }

    /** Classes need not be known for what is in a table: whatever type Config names may be there. */
    static Set<String> typesWith(Config config, String marker) {
        Set<String> types = new HashSet<>();
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
