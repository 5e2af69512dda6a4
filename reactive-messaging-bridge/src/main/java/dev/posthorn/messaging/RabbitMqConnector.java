package dev.posthorn.messaging;

import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;
import org.eclipse.microprofile.reactive.messaging.spi.OutgoingConnectorFactory;
import org.eclipse.microprofile.reactive.streams.operators.CompletionSubscriber;
import org.eclipse.microprofile.reactive.streams.operators.SubscriberBuilder;
import org.eclipse.microprofile.reactive.streams.operators.spi.ReactiveStreamsEngine;
import org.reactivestreams.Subscriber;

/**
 * Sends events to RabbitMQ through its own client. A bean only where a channel asks for it, see {@link MessagingExtension}: it has no
 * scope as it stands, because its libraries may be absent.
 */
@Connector(RabbitMqSupport.CONNECTOR)
class RabbitMqConnector implements OutgoingConnectorFactory {

    private final List<RabbitMqSender> senders = new CopyOnWriteArrayList<>();

    @Override
    public SubscriberBuilder<? extends Message<?>, Void> getSubscriberBuilder(Config channel) {
        String name = channel.getValue(ConnectorFactory.CHANNEL_NAME_ATTRIBUTE, String.class);
        RabbitMqSender sender = new RabbitMqSender(RabbitMqSettings.of(name, ConfigProvider.getConfig()));
        senders.add(sender);
        return new Built(sender);
    }

    /** After the relay, which stops before the application's context is destroyed. */
    @PreDestroy
    void close() {
        senders.forEach(RabbitMqSender::close);
    }

    /** What {@code ReactiveStreams.fromSubscriber} makes; SmallRye no longer brings the implementation that it asks for. */
    private record Built(Subscriber<Message<?>> subscriber) implements SubscriberBuilder<Message<?>, Void> {

        @Override
        public CompletionSubscriber<Message<?>, Void> build() {
            return CompletionSubscriber.of(subscriber, new CompletableFuture<>());
        }

        @Override
        public CompletionSubscriber<Message<?>, Void> build(ReactiveStreamsEngine engine) {
            return build();
        }
    }
}
