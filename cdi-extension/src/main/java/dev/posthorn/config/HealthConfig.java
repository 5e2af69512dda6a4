package dev.posthorn.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * When health checks turn red.
 *
 * @param backlog what kind of check shows the backlog
 * @param backlogAge how old an unsent event may become
 * @param backlogAges the same for some channels
 * @param problems what is wrong with the configuration
 */
public record HealthConfig(
        BacklogCheck backlog, Duration backlogAge, Map<String, Duration> backlogAges, List<String> problems) {

    private static final Duration LEAST = Duration.ofSeconds(1);

    /** What kind of check shows the backlog. */
    public enum BacklogCheck {
        /** A readiness check that shows the backlog and is never red. */
        INFORM,
        /** While it is red, the node is sent no requests. */
        READINESS,
        /** While it is red, the node is restarted. */
        LIVENESS,
        /** There is no such check. */
        NONE
    }

    public static HealthConfig read(Config config, Set<String> channels) {
        List<String> problems = new ArrayList<>();
        ConfigReader reader = new ConfigReader(config, problems);
        Duration ofAll = reader.duration("posthorn.health.backlog-age", Duration.ofMinutes(5), LEAST);
        Map<String, Duration> ofChannels = new HashMap<>();
        for (String channel : channels) {
            ofChannels.put(
                    channel, reader.duration("posthorn.channel." + channel + ".health.backlog-age", ofAll, LEAST));
        }
        return new HealthConfig(
                reader.oneOf("posthorn.health.backlog", BacklogCheck.class, BacklogCheck.INFORM),
                ofAll,
                Map.copyOf(ofChannels),
                List.copyOf(problems));
    }

    public Duration backlogAgeOf(String channel) {
        return backlogAges.getOrDefault(channel, backlogAge);
    }
}
