package dev.posthorn.messaging;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * What the channels of events need and their configuration leaves open: connectors read it like what the user has written, and
 * everything else comes before it. Each application has one of its own. It has no channel's value until {@link MessagingExtension}
 * knows the channels.
 */
public final class ProducerDefaults implements ConfigSource {

    static final String NAME = "Posthorn's defaults for producers";

    /** Below {@code microprofile-config.properties}, which has 100. */
    private static final int ORDINAL = 10;

    private static final String OF_SMALLRYE = name(SmallRyeKafkaSupport.CONNECTOR);
    private static final String OF_LIBERTY = name(LibertyKafkaSupport.CONNECTOR);

    /** {@code liberty-kafka} reads each name for all of its channels and refuses one without a value, so it gets Kafka's own. */
    private static final Map<String, String> OF_ALL = Map.of(OF_LIBERTY, KafkaTimeouts.KAFKAS_MAX_BLOCK_MILLIS);

    /**
     * The container reads the names once, before the channels are known. A connector looks up each of them for every channel, and
     * finds the channel's own value then.
     */
    private static final Set<String> NAMES = Set.of(OF_SMALLRYE, OF_LIBERTY);

    private volatile Map<String, String> ofChannels = Map.of();

    private static String name(String connector) {
        return ConfiguredChannel.keyOfAll(connector, KafkaTimeouts.MAX_BLOCK);
    }

    /** Adds these to the configuration, if it has found this class. */
    static void add(Map<String, String> ofChannels, Config config) {
        for (ConfigSource source : config.getConfigSources()) {
            if (source instanceof ProducerDefaults defaults) {
                defaults.ofChannels = Map.copyOf(ofChannels);
            }
        }
    }

    @Override
    public Set<String> getPropertyNames() {
        return NAMES;
    }

    @Override
    public @Nullable String getValue(String name) {
        String ofChannel = ofChannels.get(name);
        return ofChannel == null ? OF_ALL.get(name) : ofChannel;
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public String getName() {
        return NAME;
    }
}
