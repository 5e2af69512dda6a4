package dev.posthorn.messaging;

import dev.posthorn.log.FailureText;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.FailureClassifier;
import dev.posthorn.spi.Supplied;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Knows failures by the names of their classes, since clients of brokers may be absent or belong to another class loader. Of a chain
 * of causes the outermost that is known counts, of a class's ancestors the nearest.
 *
 * <p>Where it is not sure it says so: {@link Failure#UNCLEAR} counts against an event only while others get through, and so never in
 * an outage. That goes for most time-outs, and for serialisers, of which a wrong one refuses everything. A topic that is missing
 * is never the event's fault; a producer says the same while its broker is away.
 */
@Supplied
@ApplicationScoped
class MessagingFailureClassifier implements FailureClassifier {

    private static final String KAFKA = "org.apache.kafka.common.errors.";

    private static final Map<String, Failure> KNOWN = Map.ofEntries(
            // This event's own: its size, and a name that no topic can have.
            Map.entry(KAFKA + "RecordTooLargeException", Failure.EVENT),
            Map.entry(KAFKA + "RecordBatchTooLargeException", Failure.EVENT),
            Map.entry(KAFKA + "InvalidTopicException", Failure.HOPELESS),
            // What Kafka calls retriable is the state of its cluster: no leader, too few replicas, no connection. The
            // four
            // after it are no sure signs of that.
            Map.entry(KAFKA + "RetriableException", Failure.BROKER),
            Map.entry(KAFKA + "TimeoutException", Failure.UNCLEAR),
            Map.entry(KAFKA + "UnknownTopicOrPartitionException", Failure.DESTINATION_OR_BROKER),
            Map.entry(KAFKA + "UnknownTopicIdException", Failure.DESTINATION_OR_BROKER),
            Map.entry(KAFKA + "CorruptRecordException", Failure.UNCLEAR),
            Map.entry(KAFKA + "TopicAuthorizationException", Failure.DESTINATION),
            Map.entry(KAFKA + "AuthenticationException", Failure.BROKER),
            Map.entry(KAFKA + "ClusterAuthorizationException", Failure.BROKER),
            Map.entry("com.rabbitmq.client.AlreadyClosedException", Failure.BROKER),
            Map.entry("com.rabbitmq.client.ShutdownSignalException", Failure.BROKER),
            Map.entry("java.net.SocketException", Failure.BROKER),
            Map.entry("java.net.UnknownHostException", Failure.BROKER),
            Map.entry("java.nio.channels.ClosedChannelException", Failure.BROKER));

    @Override
    public Failure classify(EventEnvelope event, Throwable error) {
        return FailureText.chainOf(error).stream()
                .map(MessagingFailureClassifier::meaning)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Failure.UNCLEAR);
    }

    /** Kafka's producer has one class for all of its time-outs. */
    private static boolean saysThatTheTopicIsUnknown(Throwable error) {
        return error.getClass().getName().equals(KAFKA + "TimeoutException")
                && FailureText.messageOf(error).contains("not present in metadata");
    }

    private static @Nullable Failure meaning(Throwable error) {
        if (error instanceof SendRefusedException refused) {
            return refused.meaning();
        }
        if (saysThatTheTopicIsUnknown(error)) {
            return Failure.DESTINATION_OR_BROKER;
        }
        for (Class<?> type = error.getClass(); type != Throwable.class; type = type.getSuperclass()) {
            Failure known = KNOWN.get(type.getName());
            if (known != null) {
                return known;
            }
        }
        return null;
    }
}
