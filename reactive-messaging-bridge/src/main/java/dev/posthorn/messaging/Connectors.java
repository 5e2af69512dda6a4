package dev.posthorn.messaging;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * The connectors of the application and the server.
 *
 * @param here the names that channels call them by; none if the server does not show them
 */
record Connectors(Set<String> here) {

    private static final Set<String> OF_KAFKA = Set.of(SmallRyeKafkaSupport.CONNECTOR, LibertyKafkaSupport.CONNECTOR);

    static Connectors seenBy(BeanManager beans) {
        Set<String> names = new TreeSet<>();
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .flatMap(bean -> bean.getQualifiers().stream())
                .forEach(qualifier -> {
                    if (qualifier instanceof Connector connector) {
                        names.add(connector.value());
                    }
                });
        return new Connectors(names);
    }

    /** Reactive Messaging itself says of a connector that is not there what it looked for, and not what there is. */
    Optional<String> problem(ConfiguredChannel channel) {
        if (here.isEmpty() || here.contains(channel.connector())) {
            return Optional.empty();
        }
        return Optional.of(
                OF_KAFKA.contains(channel.connector())
                        ? AbsentProblems.noKafkaConnector(channel)
                        : AbsentProblems.noConnector(channel, here));
    }
}
