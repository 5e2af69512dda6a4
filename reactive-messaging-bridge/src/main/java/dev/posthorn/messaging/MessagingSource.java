package dev.posthorn.messaging;

import static java.lang.System.Logger.Level.WARNING;

import dev.posthorn.PosthornException;
import dev.posthorn.log.Log;
import dev.posthorn.spi.Arrival;
import dev.posthorn.spi.EventSource;
import dev.posthorn.spi.IncomingMessage;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Receives from the channels of {@code posthorn.inbox.channels}.
 *
 * <p>Messages arrive on the client's network threads. What is acknowledged is told to the broker in the order of its arrival: a
 * message that is not answered keeps all later ones of its partition from being told, and they come again after a restart.
 */
@Supplied
@ApplicationScoped
class MessagingSource implements EventSource {

    private static final Log LOG = Log.of(MessagingSource.class.getName());

    @Inject
    @Any
    Instance<ChannelPublisher> publishers;

    @Inject
    BeanManager beanManager;

    private final MessageReaders readers = MessageReaders.ofVisibleLibraries();

    /** Looks at Config and at which publishers there are, and touches none: channels may not be connected yet. */
    @Override
    public List<String> prepare(Set<String> channels) {
        IncomingChecks checks = new IncomingChecks(
                ConfigProvider.getConfig(),
                channel -> publisher(channel).isResolvable(),
                Connectors.seenBy(beanManager));
        checks.warnings(channels).forEach(warning -> LOG.log(WARNING, warning));
        return checks.problems(channels);
    }

    @Override
    public Subscription open(String channel, int window, Receiver receiver) {
        Instance<ChannelPublisher> publisher = publisher(channel);
        if (!publisher.isResolvable()) {
            throw new PosthornException(BridgeMessages.noPublisher(channel));
        }
        Inlet inlet = new Inlet(channel, window, readers, receiver);
        publisher.get().messages.subscribe(inlet);
        IncomingChannel.of(channel, ConfigProvider.getConfig()).ifPresent(RetentionWarnings::logLater);
        return inlet;
    }

    @Override
    public Arrival arrival(String channel, Object message) {
        if (!(message instanceof Message<?> received)) {
            throw new IllegalArgumentException(BridgeMessages.noMessage(channel, message));
        }
        return new MessageArrival(read(channel, received), received, () -> {}, notRefused -> {});
    }

    private IncomingMessage read(String channel, Message<?> message) {
        try {
            return readers.read(channel, message);
        } catch (LinkageError e) {
            throw new PosthornException(BridgeMessages.doesNotLink(channel, e), e);
        }
    }

    private Instance<ChannelPublisher> publisher(String channel) {
        return publishers.select(new PublisherFor.Literal(channel));
    }
}
