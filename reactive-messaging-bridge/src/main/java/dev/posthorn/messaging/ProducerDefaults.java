package dev.posthorn.messaging;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * What the channels of events need and their configuration leaves open: connectors read it like what the user has written, and
 * everything else comes before it. Empty until {@link MessagingExtension} knows the channels; each application has one of its own.
 */
public final class ProducerDefaults implements ConfigSource {

    /** Below {@code microprofile-config.properties}, which has 100. */
    private static final int ORDINAL = 10;

    /**
     * Names are asked for, and kept, before the channels are known. With these a connector asks each channel, and the value is there
     * by then; they have none themselves, so other channels are left alone.
     */
    private static final Set<String> NAMES =
            Set.of(name(SmallRyeKafkaSupport.CONNECTOR), name(LibertyKafkaSupport.CONNECTOR));

    private volatile Map<String, String> values = Map.of();

    private static String name(String connector) {
        return ConfiguredChannel.keyOfAll(connector, KafkaTimeouts.MAX_BLOCK);
    }

    /** Adds these to the configuration, if it has found this class. */
    static void add(Map<String, String> values, Config config) {
        for (ConfigSource source : config.getConfigSources()) {
            if (source instanceof ProducerDefaults defaults) {
                defaults.values = Map.copyOf(values);
            }
        }
    }

    @Override
    public Set<String> getPropertyNames() {
        return NAMES;
    }

    @Override
    public @Nullable String getValue(String name) {
        return values.get(name);
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public String getName() {
        return "Posthorn's defaults for producers";
    }
}
