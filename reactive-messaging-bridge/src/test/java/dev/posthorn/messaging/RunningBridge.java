package dev.posthorn.messaging;

import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.Supplied;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** The bridge in a CDI container with SmallRye Reactive Messaging, configured by system properties. */
final class RunningBridge implements AutoCloseable {

    private final ConfigLines lines;
    private final WeldContainer container;

    RunningBridge(ConfigLines lines) {
        this.lines = lines;
        lines.lines().forEach(System::setProperty);
        container = new Weld().initialize();
    }

    EventSource source() {
        return container.select(EventSource.class, Supplied.Literal.INSTANCE).get();
    }

    EventTransport transport() {
        return container.select(EventTransport.class, Supplied.Literal.INSTANCE).get();
    }

    @Override
    public void close() {
        container.close();
        lines.lines().keySet().forEach(System::clearProperty);
        // It remembers the names of these properties, which the next container must not find.
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
    }
}
