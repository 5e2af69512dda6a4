package dev.posthorn.messaging;

import static java.lang.System.Logger.Level.WARNING;

import dev.posthorn.log.Log;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.EventTransport;
import dev.posthorn.spi.FailureClassifier.Failure;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Sends events through the emitters of their channels.
 *
 * <p>A send counts when the connector acknowledges the message, and only that. Each channel is to have fewer sends under way than its
 * connector takes: 128 messages, and what the connector asks for beyond them ({@code smallrye-kafka}: its
 * {@code max-inflight-messages}, 1024 by default). One send too many is refused with a {@link SendRefusedException}; nothing queues
 * up here, and a refused event has not been sent.
 *
 * <p>Stages complete on the client's network thread. A connector may go on trying after its caller has lost patience: an event that is
 * sent again meanwhile is not handed over a second time, see {@link SendsUnderWay}.
 */
@Supplied
@ApplicationScoped
class MessagingTransport implements EventTransport {

    private static final Log LOG = Log.of(MessagingTransport.class.getName());

    @Inject
    @Any
    Instance<ChannelEmitter> emitters;

    @Inject
    BeanManager beanManager;

    private final Map<String, Outlet> outlets = new ConcurrentHashMap<>();

    /** Looks at Config and at which emitters there are, and touches none: channels may not be connected yet. */
    @Override
    public List<String> prepare(Set<String> channels) {
        DeploymentChecks checks = new DeploymentChecks(
                ConfigProvider.getConfig(), channel -> emitter(channel).isResolvable(), Connectors.seenBy(beanManager));
        checks.warnings(channels).forEach(warning -> LOG.log(WARNING, warning));
        return checks.problems(channels);
    }

    @Override
    public Optional<String> topicProblem(String channel, String topic) {
        return OutgoingChannel.of(channel, ConfigProvider.getConfig())
                .flatMap(configured ->
                        ConnectorSupport.of(configured.connector()).topicProblem(topic));
    }

    @Override
    public int mostUnderWay(String channel) {
        return OutgoingChannel.of(channel, ConfigProvider.getConfig())
                .map(configured -> ConnectorSupport.of(configured.connector()).mostUnderWay(configured))
                .orElse(MOST_UNDER_WAY);
    }

    @Override
    public Duration answersWithin(String channel) {
        return OutgoingChannel.of(channel, ConfigProvider.getConfig())
                .map(configured -> ConnectorSupport.of(configured.connector()).answer(configured))
                .orElse(Duration.ZERO);
    }

    @Override
    public CompletionStage<?> send(EventEnvelope event) {
        Outlet outlet = outlets.get(event.channel());
        return (outlet == null ? open(event.channel()) : outlet).send(event);
    }

    /** At the first send, because emitters can't be injected before Reactive Messaging has connected them. */
    private Outlet open(String name) {
        Instance<ChannelEmitter> emitter = emitter(name);
        OutgoingChannel channel = OutgoingChannel.of(name, ConfigProvider.getConfig())
                .filter(configured -> emitter.isResolvable())
                .orElseThrow(
                        () -> new SendRefusedException(Failure.CHANNEL, BridgeMessages.unknownChannel(name), null));
        Outlet outlet = outlet(channel, emitter.get().emitter);
        Outlet earlier = outlets.putIfAbsent(name, outlet);
        return earlier == null ? outlet : earlier;
    }

    private static Outlet outlet(OutgoingChannel channel, Emitter<Object> emitter) {
        ConnectorSupport support = ConnectorSupport.of(channel.connector());
        Duration answer = support.answer(channel);
        SendsUnderWay underWay = new SendsUnderWay(
                answer,
                System::nanoTime,
                event -> LOG.log(WARNING, BridgeMessages.neverAnswered(channel.name(), event, answer)));
        try {
            return new Outlet(channel.name(), emitter, support.messages(channel), underWay);
        } catch (LinkageError e) {
            throw new SendRefusedException(Failure.CHANNEL, BridgeMessages.doesNotLink(channel.name(), e), e);
        }
    }

    private Instance<ChannelEmitter> emitter(String channel) {
        return emitters.select(new EmitterFor.Literal(channel));
    }
}
