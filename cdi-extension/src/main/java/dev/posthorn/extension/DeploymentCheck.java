package dev.posthorn.extension;

import dev.posthorn.config.Contradictions;
import dev.posthorn.config.HealthConfig;
import dev.posthorn.config.InboxConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.config.UnknownKeys;
import dev.posthorn.handle.DiscoveredHandlers;
import dev.posthorn.serialize.JsonbRules;
import dev.posthorn.serialize.SerializerRules;
import dev.posthorn.spi.EventSerializer;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.EventStore;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier;
import dev.posthorn.spi.InboxOperatorStore;
import dev.posthorn.spi.InboxStore;
import dev.posthorn.spi.NodeStore;
import dev.posthorn.spi.OperatorStore;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/** Finds what can't work before anybody relies on it. */
final class DeploymentCheck {

    private final BeanManager beanManager;
    private final Config config;
    private final Set<String> problems = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    DeploymentCheck(BeanManager beanManager, Config config) {
        this.beanManager = beanManager;
        this.config = config;
    }

    /** Looks at everything before it says anything: whoever makes several mistakes is to see them at once. */
    DeploymentCheck of(DiscoveredTypes discovered, DiscoveredHandlers handlers) {
        problems.addAll(discovered.problems(config));
        Set<String> channels = discovered.channels(config);
        Set<String> types = types(discovered, handlers, config);
        PosthornConfig posthorn = PosthornConfig.read(config, "application", channels, types);
        problems.addAll(posthorn.problems());
        InboxConfig inbox = InboxConfig.read(config, "application", types);
        problems.addAll(
                HealthConfig.read(config, withReceiving(channels, inbox)).problems());
        requireOne(EventStore.class, "posthorn-jpa-outbox");
        requireOne(NodeStore.class, "posthorn-jpa-outbox");
        requireOne(EventSerializer.class, "posthorn-cdi-extension");
        if (requireOne(EventTransport.class, "posthorn-reactive-messaging-bridge")) {
            EventTransport transport = supplied(EventTransport.class);
            problems.addAll(transport.prepare(channels));
            problems.addAll(discovered.topicProblems(config, transport::topicProblem));
        }
        checkReceiving(handlers, inbox);
        oneAtMost(FailureClassifier.class);
        oneAtMost(OperatorStore.class);
        oneAtMost(InboxOperatorStore.class);
        warnings.addAll(new UnknownKeys(config, channels, inbox.settings().keySet(), types).warnings());
        warnings.addAll(Contradictions.of(posthorn.channels(), inbox.settings()));
        warnings.addAll(discovered.warnings(config, serializerRules()));
        return this;
    }

    /** The logical types that are published or handled. */
    static Set<String> types(DiscoveredTypes discovered, DiscoveredHandlers handlers, Config config) {
        Set<String> types = discovered.names(config);
        types.addAll(DiscoveredTypes.names(handlers.eventClasses(), config));
        return types;
    }

    /** What keeps the application from being deployed, each with the remedy. */
    Set<String> problems() {
        return problems;
    }

    /** What has no effect, or another one than it may seem, each with the remedy. */
    List<String> warnings() {
        return warnings;
    }

    private static Set<String> withReceiving(Set<String> channels, InboxConfig inbox) {
        Set<String> all = new TreeSet<>(channels);
        all.addAll(inbox.settings().keySet());
        return all;
    }

    private <T> T supplied(Class<T> type) {
        var all = beanManager.createInstance().select(type, Any.Literal.INSTANCE);
        var own = all.select(Default.Literal.INSTANCE);
        return own.isUnsatisfied() ? all.select(Supplied.Literal.INSTANCE).get() : own.get();
    }

    /** What is known of the serializer that will be used. */
    SerializerRules serializerRules() {
        boolean isOurs = beanManager
                .getBeans(EventSerializer.class, Default.Literal.INSTANCE)
                .isEmpty();
        return isOurs ? new JsonbRules() : SerializerRules.UNKNOWN;
    }

    /** Whether there are handlers, or channels to receive on. */
    static boolean receives(DiscoveredHandlers handlers, InboxConfig inbox) {
        return !handlers.isEmpty() || !inbox.channels().isEmpty();
    }

    private void checkReceiving(DiscoveredHandlers handlers, InboxConfig inbox) {
        problems.addAll(inbox.problems());
        problems.addAll(inbox.problemsOfPlainTypes(DiscoveredTypes.names(handlers.eventClasses(), config)));
        problems.addAll(handlers.problems());
        if (handlers.isEmpty()) {
            inbox.warningOfChannels(handlers.observersOfFired()).ifPresent(warnings::add);
        } else {
            InboxConfig.warningOfHandlers(config).ifPresent(warnings::add);
        }
        if (receives(handlers, inbox)) {
            requireOne(InboxStore.class, "posthorn-jpa-outbox");
            if (requireOne(EventSource.class, "posthorn-reactive-messaging-bridge")) {
                problems.addAll(supplied(EventSource.class).prepare(inbox.channels()));
            }
        }
    }

    /** Whether it is clear which bean of this type is used: the application's, or else ours. */
    private boolean requireOne(Class<?> type, String artifact) {
        if (!oneAtMost(type)) {
            return false;
        }
        if (!beanManager.getBeans(type, Default.Literal.INSTANCE).isEmpty()) {
            return true;
        }
        if (beanManager.getBeans(type, Supplied.Literal.INSTANCE).isEmpty()) {
            problems.add("POSTHORN-6022 There is no bean of " + type.getName() + ". Add dev.posthorn:" + artifact
                    + " (it is part of dev.posthorn:posthorn), or a bean of your own.");
            return false;
        }
        return true;
    }

    /** Whether it is clear which of the application's beans of this type is used, if any. */
    private boolean oneAtMost(Class<?> type) {
        Set<Bean<?>> own = beanManager.getBeans(type, Default.Literal.INSTANCE);
        try {
            // Alternatives may leave one of several.
            beanManager.resolve(own);
            return true;
        } catch (AmbiguousResolutionException e) {
            problems.add("POSTHORN-6023 There are " + own.size() + " beans of " + type.getName() + ", and one is used: "
                    + own + ". Leave one of them, or annotate the others @Vetoed.");
            return false;
        }
    }
}
