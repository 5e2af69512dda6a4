package dev.posthorn.messaging;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * What {@link MessagingExtension} makes one bean of for each channel that is received on, with another {@link Channel} and {@link
 * PublisherFor} that channel. The class as it stands here is vetoed.
 */
@Dependent
class ChannelPublisher {

    /**
     * Of messages as the connector makes them: with a payload type, even {@code Object}, SmallRye looks for a converter at the first
     * message and keeps it for all others.
     */
    @Inject
    @Channel(ChannelEmitter.TEMPLATE_CHANNEL)
    @SuppressWarnings("rawtypes")
    Flow.Publisher<Message> messages;
}
