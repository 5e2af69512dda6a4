package dev.posthorn.messaging;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * What {@link MessagingExtension} makes one bean of for each channel, with another {@link Channel} and {@link EmitterFor} that
 * channel. The class as it stands here is vetoed.
 *
 * <p>WildFly switches Reactive Messaging on for an application only if its class files show one of the annotations: the one below
 * is the one it finds. The overflow strategy is the default, a bounded buffer that throws when it is full.
 */
@Dependent
class ChannelEmitter {

    /** The channel of the class as it stands, which nobody ever sees. */
    static final String TEMPLATE_CHANNEL = "posthorn-template";

    @Inject
    @Channel(TEMPLATE_CHANNEL)
    Emitter<Object> emitter;
}
