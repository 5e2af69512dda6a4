package dev.posthorn.messaging;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.log.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.AnnotatedFieldConfigurator;
import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Channel;

/**
 * Adds an emitter for each channel that events can take and that has a connector, see {@link EventChannels}, and a publisher for each
 * that they are received on.
 *
 * <p>Whether an application's own transport takes the place of the supplied one is decided by beans that do not exist yet, and one
 * that wraps the supplied transport needs the emitters. So they are made for every channel that is configured for Reactive
 * Messaging, and for no other; nothing is checked before {@link MessagingTransport#prepare} is called.
 */
// Payara puts an extension without a scope into an archive of its own, from which the library's beans can't be seen.
@Dependent
public class MessagingExtension implements Extension {

    private static final Log LOG = Log.of(MessagingExtension.class.getName());

    /** Without it Payara passes over beans in archives whose beans.xml is empty. */
    private static final String ALL_BEANS = "fish.payara.deployment.emptyBeansXmlModeALL";

    /** A system property that Payara sets. */
    private static final String OF_PAYARA = "com.sun.aas.installRoot";

    private final List<Class<?>> eventClasses = new ArrayList<>();

    /** Before any class is looked at that needs it: the server would say no more than that some class is missing. */
    void requireReactiveMessaging(@Observes BeforeBeanDiscovery discovery) {
        if (!Visible.reactiveMessaging()) {
            throw new DeploymentException(AbsentProblems.noReactiveMessaging());
        }
    }

    /**
     * Before injection points are resolved: Payara then says no more than that some bean of SmallRye's is missing. A warning, since the
     * property may have been set for the deployment alone.
     */
    void warnOfBeansNotSeen(@Observes AfterBeanDiscovery discovery) {
        if (System.getProperty(OF_PAYARA) != null && !Boolean.getBoolean(ALL_BEANS) && Visible.smallRyeMediators()) {
            LOG.log(Level.WARNING, AbsentProblems.beansNotSeen());
        }
    }

    void vetoTemplate(@Observes ProcessAnnotatedType<ChannelEmitter> type) {
        if (!type.getAnnotatedType().isAnnotationPresent(EmitterFor.class)) {
            type.veto();
        }
    }

    void vetoPublisherTemplate(@Observes ProcessAnnotatedType<ChannelPublisher> type) {
        if (!type.getAnnotatedType().isAnnotationPresent(PublisherFor.class)) {
            type.veto();
        }
    }

    void collect(@Observes @WithAnnotations(IntegrationEvent.class) ProcessAnnotatedType<?> type) {
        eventClasses.add(type.getAnnotatedType().getJavaClass());
    }

    void addEmitters(@Observes AfterTypeDiscovery discovery) {
        Config config = ConfigProvider.getConfig();
        List<OutgoingChannel> channels = EventChannels.of(eventClasses, config).stream()
                .flatMap(name -> OutgoingChannel.of(name, config).stream())
                .toList();
        Map<String, String> defaults = new HashMap<>();
        for (OutgoingChannel channel : channels) {
            add(ChannelEmitter.class, new EmitterFor.Literal(channel.name()), channel.name(), discovery);
            defaults.putAll(ConnectorSupport.of(channel.connector()).defaults(channel));
        }
        ProducerDefaults.add(defaults, config);
        channels.stream()
                .filter(channel -> channel.connector().equals(RabbitMqSupport.CONNECTOR))
                .findFirst()
                .ifPresent(channel -> addRabbitMqConnector(channel, discovery));
        eventClasses.clear();
    }

    /** Without its libraries the connector can't be a bean, and Reactive Messaging would only say that there is none. */
    private static void addRabbitMqConnector(OutgoingChannel channel, AfterTypeDiscovery discovery) {
        if (!Visible.rabbitMqClient()) {
            throw new DeploymentException(RabbitMqProblems.noClient(channel.name()));
        }
        discovery
                .addAnnotatedType(RabbitMqConnector.class, RabbitMqConnector.class.getName())
                .add(ApplicationScoped.Literal.INSTANCE);
    }

    void addPublishers(@Observes AfterTypeDiscovery discovery) {
        Config config = ConfigProvider.getConfig();
        for (String channel : IncomingChannel.listed(config)) {
            if (IncomingChannel.of(channel, config).isPresent()) {
                add(ChannelPublisher.class, new PublisherFor.Literal(channel), channel, discovery);
            }
        }
    }

    private static void add(Class<?> template, Annotation qualifier, String channel, AfterTypeDiscovery discovery) {
        discovery
                .addAnnotatedType(template, template.getName() + ":" + channel)
                .add(qualifier)
                .filterFields(field -> field.isAnnotationPresent(Channel.class))
                .forEach(field -> redirect(field, channel));
    }

    private static void redirect(AnnotatedFieldConfigurator<?> field, String channel) {
        field.remove(annotation -> annotation.annotationType() == Channel.class).add(new ChannelLiteral(channel));
    }

    /** The specification's annotation has no literal of its own. */
    private static final class ChannelLiteral extends AnnotationLiteral<Channel> implements Channel {

        private static final long serialVersionUID = 1L;

        private final String value;

        ChannelLiteral(String value) {
            this.value = value;
        }

        @Override
        public String value() {
            return value;
        }
    }
}
