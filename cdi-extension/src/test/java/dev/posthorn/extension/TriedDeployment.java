package dev.posthorn.extension;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.posthorn.LogLines;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;

/**
 * What is said when these beans are deployed. It is always refused, since there is no store.
 *
 * @param problems why it is refused
 */
record TriedDeployment(List<String> problems, List<String> warnings) {

    static TriedDeployment of(Config config, Class<?>... beans) {
        ConfigProviderResolver.setInstance(new Resolver(config));
        try (LogLines log = new LogLines("dev.posthorn")) {
            Weld weld = new Weld()
                    .disableDiscovery()
                    .addExtension(new PosthornExtension())
                    .beanClasses(beans);
            Throwable refusal = assertThrows(Exception.class, weld::initialize);
            return new TriedDeployment(
                    Stream.of(String.valueOf(refusal.getMessage()).split("(?=POSTHORN-)"))
                            .map(String::strip)
                            .filter(text -> text.startsWith("POSTHORN-"))
                            .toList(),
                    log.take());
        } finally {
            ConfigProviderResolver.setInstance(null);
        }
    }

    List<String> problems(String code) {
        return problems.stream().filter(text -> text.startsWith(code)).toList();
    }

    List<String> warnings(String code) {
        return warnings.stream().filter(text -> text.startsWith(code)).toList();
    }

    /** Knows one configuration. */
    private static final class Resolver extends ConfigProviderResolver {

        private final Config config;

        Resolver(Config config) {
            this.config = config;
        }

        @Override
        public Config getConfig() {
            return config;
        }

        @Override
        public Config getConfig(ClassLoader loader) {
            return getConfig();
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerConfig(Config config, ClassLoader loader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void releaseConfig(Config config) {}
    }
}
