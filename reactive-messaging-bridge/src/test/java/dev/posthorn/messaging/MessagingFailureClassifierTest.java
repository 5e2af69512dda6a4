package dev.posthorn.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.spi.FailureClassifier.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class MessagingFailureClassifierTest {

    private final MessagingFailureClassifier classifier = new MessagingFailureClassifier();

    @Test
    void whatIsWrongWithTheEventAloneCountsAgainstIt() {
        assertMeans(Failure.EVENT, new RecordTooLargeException("1 MB"));
    }

    @Test
    void aTopicThatCanNotExistIsHopeless() {
        assertMeans(Failure.HOPELESS, new InvalidTopicException("a b"));
    }

    @Test
    void theStateOfTheClusterNeverCountsAgainstAnEvent() {
        assertMeans(Failure.BROKER, new NotEnoughReplicasException("one of three"));
        assertMeans(Failure.BROKER, new NotLeaderOrFollowerException("moved"));
        assertMeans(Failure.BROKER, new NetworkException("gone"));
        assertMeans(Failure.BROKER, new SaslAuthenticationException("password"));
        assertMeans(Failure.BROKER, new ConnectException("refused"));
    }

    @Test
    void aTopicThatMayNotBeWrittenToIsTheDestinationsMatter() {
        assertMeans(Failure.DESTINATION, new TopicAuthorizationException("orders"));
        assertMeans(
                Failure.DESTINATION,
                new IllegalStateException("Retries exhausted", new TopicAuthorizationException("orders")));
    }

    @Test
    void aTopicThatNobodyKnowsIsMissingOrItsBrokerIsAway() {
        assertMeans(
                Failure.DESTINATION_OR_BROKER,
                new TimeoutException("Topic orders not present in metadata after 5000 ms."));
        assertMeans(Failure.DESTINATION_OR_BROKER, new UnknownTopicOrPartitionException("missing, or not known yet"));
    }

    @Test
    void inDoubtItIsUnclear() {
        assertMeans(Failure.UNCLEAR, new TimeoutException("Expiring 1 record(s) for orders-0"));
        assertMeans(Failure.UNCLEAR, new SerializationException("perhaps the wrong serialiser"));
        assertMeans(Failure.UNCLEAR, new java.util.concurrent.TimeoutException());
        assertMeans(Failure.UNCLEAR, new IllegalStateException("anything"));
        assertMeans(Failure.UNCLEAR, new IOException("anything"));
        assertMeans(Failure.UNCLEAR, new Error("anything"));
    }

    @Test
    void refusalsMeanWhatTheySay() {
        assertMeans(Failure.CHANNEL, new SendRefusedException(Failure.CHANNEL, "cancelled", null));
        assertMeans(
                Failure.BROKER,
                new SendRefusedException(Failure.BROKER, "full", new RecordTooLargeException("not what it is about")));
    }

    @Test
    void theOutermostKnownCauseCounts() {
        assertMeans(
                Failure.EVENT,
                new CompletionException(
                        new ExecutionException(new RecordTooLargeException("1 MB", new NetworkException("x")))));
    }

    @Test
    void causesThatGoInACircleAreUnclear() {
        Exception one = new Exception();
        one.initCause(new Exception(one));

        assertMeans(Failure.UNCLEAR, one);
    }

    private void assertMeans(Failure expected, Throwable error) {
        assertEquals(
                expected, classifier.classify(Events.event("orders", "placed", "42", "{}"), error), error::toString);
    }
}
