package dev.posthorn.config;

import dev.posthorn.channel.ChannelSettings;
import dev.posthorn.inbox.InboxSettings;
import dev.posthorn.retry.RetryPolicy;
import dev.posthorn.type.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds values that are allowed one by one, and of which one takes the effect of the other. */
public final class Contradictions {

    private final List<String> warnings = new ArrayList<>();

    private Contradictions() {}

    /** A warning for each, by channel. */
    public static List<String> of(Map<String, ChannelSettings> sending, Map<String, InboxSettings> receiving) {
        Contradictions found = new Contradictions();
        new TreeMap<>(sending).forEach((channel, settings) -> {
            found.compare(
                    channel, "posthorn.pause.min", settings.pauseMin(), "posthorn.pause.max", settings.pauseMax());
            found.compare(channel, "", settings.retry(), settings.retryByType());
        });
        new TreeMap<>(receiving)
                .forEach((channel, settings) ->
                        found.compare(channel, "inbox.", settings.retry(), settings.retryByType()));
        return found.warnings;
    }

    private void compare(String channel, String prefix, RetryPolicy ofChannel, Map<String, RetryPolicy> ofTypes) {
        compare(channel, KnownKeys.PREFIX + prefix, ofChannel);
        new TreeMap<>(ofTypes).forEach((type, retry) -> {
            if (!retry.equals(ofChannel)) {
                compare(channel, EventType.PREFIX + type + "." + prefix, retry);
            }
        });
    }

    private void compare(String channel, String prefix, RetryPolicy retry) {
        compare(channel, prefix + "retry.delay", retry.delay(), prefix + "retry.max-delay", retry.maxDelay());
    }

    private void compare(String channel, String less, Duration lessValue, String more, Duration moreValue) {
        if (lessValue.compareTo(moreValue) > 0) {
            warnings.add(ConfigMessages.contradiction(channel, less, lessValue, more, moreValue));
        }
    }
}
